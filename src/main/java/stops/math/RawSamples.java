package stops.math;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import stops.engine.SampleType;

/** Reads and writes single samples of packed little-endian memory, as bit patterns. */
public final class RawSamples {
  private static final ValueLayout.OfShort SHORT =
      JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private RawSamples() {}

  /** The bits of sample {@code index}; those above the type's are 0. */
  public static long get(MemorySegment segment, SampleType type, long index) {
    return switch (type) {
      case FLOAT16 -> Short.toUnsignedLong(segment.get(SHORT, index * Short.BYTES));
      case FLOAT32 -> Integer.toUnsignedLong(segment.get(INT, index * Integer.BYTES));
      case FLOAT64 -> segment.get(LONG, index * Long.BYTES);
    };
  }

  /** Stores the low bits of {@code bits} as sample {@code index}. */
  public static void put(MemorySegment segment, SampleType type, long index, long bits) {
    switch (type) {
      case FLOAT16 -> segment.set(SHORT, index * Short.BYTES, (short) bits);
      case FLOAT32 -> segment.set(INT, index * Integer.BYTES, (int) bits);
      case FLOAT64 -> segment.set(LONG, index * Long.BYTES, bits);
    }
  }
}
