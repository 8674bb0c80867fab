package stops.device;

import java.util.Locale;

/**
 * How long an engine takes, all its lanes together: {@code overheadSeconds + samples ·
 * secondsPerSample}, copies between host and device included.
 *
 * @param overheadSeconds what a job takes however small it is, 0 or more
 * @param secondsPerSample what each further sample takes, above 0
 */
public record EngineSpeed(double overheadSeconds, double secondsPerSample) {

  public EngineSpeed {
    if (!(overheadSeconds >= 0 && overheadSeconds < Double.POSITIVE_INFINITY)
        || !(secondsPerSample > 0 && secondsPerSample < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "no speed: %g s and %g s a sample", overheadSeconds, secondsPerSample));
    }
  }

  /** The line through two measurements. */
  static EngineSpeed through(long few, double fewSeconds, long many, double manySeconds) {
    double slope = (manySeconds - fewSeconds) / (many - few);
    double perSample = Math.max(slope, manySeconds / many / 10);
    return new EngineSpeed(Math.max(0, fewSeconds - few * perSample), perSample);
  }

  /** How long a job of {@code samples} samples is expected to take, in seconds. */
  public double seconds(long samples) {
    return overheadSeconds + samples * secondsPerSample;
  }
}
