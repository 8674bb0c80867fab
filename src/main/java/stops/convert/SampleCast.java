package stops.convert;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import stops.engine.SampleType;

/**
 * Copies samples without conversion to a wider sample type, for files whose channels must all have
 * one type. All values are preserved.
 */
final class SampleCast {
  private static final ValueLayout.OfShort SHORT =
      JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT =
      JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfDouble DOUBLE =
      JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private SampleCast() {}

  /** Copies the samples {@code first}, {@code first + step}, … below {@code samples}. */
  static void copy(
      SampleType from,
      MemorySegment source,
      SampleType to,
      MemorySegment target,
      int first,
      int step,
      long samples) {
    if (to.bytes() < from.bytes()) {
      throw new IllegalArgumentException("a copy of " + from + " as " + to + " would lose values");
    }
    for (long i = first; i < samples; i += step) {
      if (from == to) {
        int bytes = from.bytes();
        MemorySegment.copy(source, i * bytes, target, i * bytes, bytes);
      } else {
        double value = get(from, source, i);
        if (to == SampleType.FLOAT32) {
          target.set(FLOAT, i * 4, (float) value);
        } else {
          target.set(DOUBLE, i * 8, value);
        }
      }
    }
  }

  /** {@code value}, rounded to the nearest number of the type. */
  static double rounded(SampleType type, double value) {
    return switch (type) {
      case FLOAT16 -> Float.float16ToFloat(Float.floatToFloat16((float) value));
      case FLOAT32 -> (float) value;
      case FLOAT64 -> value;
    };
  }

  /** The sample at {@code index}. */
  static double get(SampleType type, MemorySegment source, long index) {
    return switch (type) {
      case FLOAT16 -> Float.float16ToFloat(source.get(SHORT, index * 2));
      case FLOAT32 -> source.get(FLOAT, index * 4);
      case FLOAT64 -> source.get(DOUBLE, index * 8);
    };
  }
}
