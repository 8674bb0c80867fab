package stops.image;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.regex.Pattern;
import stops.engine.SampleType;

/**
 * The value of samples that were not measured, as geographic files name it. Such samples are no
 * light, and stay as they are.
 *
 * @param name of the tag that names the value
 * @param text as it stands in the file
 * @param value the number
 */
public record NoData(String name, String text, double value) {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?([0-9]++\\.?+[0-9]*+|\\.[0-9]++)([eE][-+]?[0-9]++)?");
  private static final Pattern NAN = Pattern.compile("(?i)[-+]?nan(\\([^)]*\\))?");
  private static final Pattern INFINITE = Pattern.compile("(?i)[-+]?inf(inity)?");

  /** The value that {@code text} stands for, as C's {@code strtod} reads it; empty if none. */
  public static Optional<NoData> parse(String name, String text) {
    String word = text.strip();
    if (NUMBER.matcher(word).matches()) {
      return Optional.of(new NoData(name, word, Double.parseDouble(word)));
    }
    if (NAN.matcher(word).matches()) {
      return Optional.of(new NoData(name, word, Double.NaN));
    }
    if (INFINITE.matcher(word).matches()) {
      double sign = word.startsWith("-") ? -1 : 1;
      return Optional.of(new NoData(name, word, sign * Double.POSITIVE_INFINITY));
    }
    return Optional.empty();
  }

  /** Whether the sample at {@code index} is this value, rounded to the sample's type. */
  public boolean isAt(MemorySegment samples, SampleType type, long index) {
    return switch (type) {
      case FLOAT16 -> {
        float sample = Float.float16ToFloat(samples.get(Plane.FLOAT16, index * 2));
        yield isSame(sample, Float.float16ToFloat(Float.floatToFloat16((float) value)));
      }
      case FLOAT32 -> isSame(samples.get(Plane.FLOAT32, index * 4), (float) value);
      case FLOAT64 -> isSame(samples.get(Plane.FLOAT64, index * 8), value);
    };
  }

  private static boolean isSame(double sample, double wanted) {
    return sample == wanted || (Double.isNaN(sample) && Double.isNaN(wanted));
  }

  /** Stores this value, rounded to the type, at {@code index}. */
  public void put(MemorySegment samples, SampleType type, long index) {
    put(samples, type, index, value);
  }

  /** Stores {@code number}, rounded to the type, at {@code index}. */
  public static void put(MemorySegment samples, SampleType type, long index, double number) {
    switch (type) {
      case FLOAT16 -> samples.set(Plane.FLOAT16, index * 2, Float.floatToFloat16((float) number));
      case FLOAT32 -> samples.set(Plane.FLOAT32, index * 4, (float) number);
      case FLOAT64 -> samples.set(Plane.FLOAT64, index * 8, number);
    }
  }
}
