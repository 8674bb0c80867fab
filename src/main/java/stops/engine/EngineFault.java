package stops.engine;

import java.time.Instant;
import java.util.Locale;

/**
 * A failure of an engine: its message, time and place.
 *
 * @param when time at which it was noticed
 * @param engine the engine's id
 * @param firstSample index of the first sample of the failed piece, counted through all samples of
 *     the caller's job
 * @param samples number of samples of the piece
 * @param message the failure, on one line
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
