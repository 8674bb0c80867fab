package stops.device;

import java.util.Locale;

/**
 * The time that an engine takes with all its lanes: {@code overheadSeconds + samples ·
 * secondsPerSample}, copies between host and device included.
 *
 * @param overheadSeconds time of the smallest job, 0 or more
 * @param secondsPerSample time of each sample, above 0
 */
record EngineSpeed(double overheadSeconds, double secondsPerSample) {

  EngineSpeed {
    if (!(overheadSeconds >= 0 && overheadSeconds < Double.POSITIVE_INFINITY)
        || !(secondsPerSample > 0 && secondsPerSample < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "no speed: %g s and %g s a sample", overheadSeconds, secondsPerSample));
    }
  }

  /** The speed that fits two measurements. */
  static EngineSpeed through(long few, double fewSeconds, long many, double manySeconds) {
    double slope = (manySeconds - fewSeconds) / (many - few);
    double perSample = Math.max(slope, manySeconds / many / 10);
    return new EngineSpeed(Math.max(0, fewSeconds - few * perSample), perSample);
  }

  /** How long a job of {@code samples} samples is expected to take, in seconds. */
  double seconds(long samples) {
    return overheadSeconds + samples * secondsPerSample;
  }
}
