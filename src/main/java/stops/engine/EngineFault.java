package stops.engine;

import java.time.Instant;
import java.util.Locale;

/**
 * What went wrong on an engine, and where and when.
 *
 * @param when when it was noticed
 * @param engine the engine's id
 * @param firstSample first sample of the piece that it worked on, counted from the start of what
 *     the caller asked for
 * @param samples how many samples the piece had
 * @param message what happened, on one line
 */
public record EngineFault(
    Instant when, String engine, long firstSample, long samples, String message) {

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %s (samples %d to %d, %s)",
        engine,
        message,
        firstSample,
        firstSample + samples - 1,
        when);
  }
}
