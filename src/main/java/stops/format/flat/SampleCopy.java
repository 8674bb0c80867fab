package stops.format.flat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import stops.engine.SampleType;

/**
 * Copies samples between runs with a stride, and converts between byte orders and to wider types.
 * Widening is exact. A copy to the same type keeps all bits.
 */
public final class SampleCopy {
  private SampleCopy() {}

  /**
   * A run of samples in memory.
   *
   * @param memory the samples and others
   * @param first index of the first sample
   * @param stride distance from one sample to the next, in samples
   * @param type of the samples
   * @param order byte order
   */
  public record Run(
      MemorySegment memory, long first, long stride, SampleType type, ByteOrder order) {
    public Run {
      if (stride < 1) {
        throw new IllegalArgumentException("stride " + stride);
      }
    }

    private ValueLayout.OfShort shorts() {
      return ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order);
    }

    private ValueLayout.OfInt ints() {
      return ValueLayout.JAVA_INT_UNALIGNED.withOrder(order);
    }

    private ValueLayout.OfLong longs() {
      return ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order);
    }

    private long at(long index) {
      return (first + index * stride) * type.bytes();
    }

    private boolean packed() {
      return stride == 1;
    }
  }

  /** Copies {@code count} samples. The target's type is at least as wide as the source's. */
  public static void copy(Run from, Run to, long count) {
    if (from.type != to.type) {
      widen(from, to, count);
    } else if (from.packed() && to.packed() && from.order == to.order) {
      long bytes = count * from.type.bytes();
      MemorySegment.copy(from.memory, from.at(0), to.memory, to.at(0), bytes);
    } else {
      switch (from.type) {
        case FLOAT16 -> copyShorts(from, to, count);
        case FLOAT32 -> copyInts(from, to, count);
        case FLOAT64 -> copyLongs(from, to, count);
      }
    }
  }

  private static void copyShorts(Run from, Run to, long count) {
    ValueLayout.OfShort source = from.shorts();
    ValueLayout.OfShort target = to.shorts();
    for (long i = 0; i < count; i++) {
      to.memory.set(target, to.at(i), from.memory.get(source, from.at(i)));
    }
  }

  private static void copyInts(Run from, Run to, long count) {
    ValueLayout.OfInt source = from.ints();
    ValueLayout.OfInt target = to.ints();
    for (long i = 0; i < count; i++) {
      to.memory.set(target, to.at(i), from.memory.get(source, from.at(i)));
    }
  }

  private static void copyLongs(Run from, Run to, long count) {
    ValueLayout.OfLong source = from.longs();
    ValueLayout.OfLong target = to.longs();
    for (long i = 0; i < count; i++) {
      to.memory.set(target, to.at(i), from.memory.get(source, from.at(i)));
    }
  }

  private static void widen(Run from, Run to, long count) {
    if (from.type.bytes() > to.type.bytes()) {
      throw new IllegalArgumentException(from.type + " does not fit " + to.type);
    }
    for (long i = 0; i < count; i++) {
      float value =
          from.type == SampleType.FLOAT16
              ? Float.float16ToFloat(from.memory.get(from.shorts(), from.at(i)))
              : Float.intBitsToFloat(from.memory.get(from.ints(), from.at(i)));
      if (to.type == SampleType.FLOAT32) {
        to.memory.set(to.ints(), to.at(i), Float.floatToRawIntBits(value));
      } else {
        to.memory.set(to.longs(), to.at(i), Double.doubleToRawLongBits(value));
      }
    }
  }
}
