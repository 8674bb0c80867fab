package stops.math;

import stops.engine.Direction;
import stops.engine.SampleType;

/** Samples whose result lies closest to the middle between two numbers, where rounding is hard. */
public final class HardCases {
  private static final int[] EXPOSURES = {0x3b429d37, 0xbcf3a937};
  private static final int[] INTENSITIES = {};

  private HardCases() {}

  /** Bit patterns of {@code source}; none for float16, where all 65,536 are easily tried. */
  public static long[] of(Direction direction, SampleType source) {
    int[] floats = direction == Direction.TO_EXPOSURE ? INTENSITIES : EXPOSURES;
    long[] bits = new long[source == SampleType.FLOAT16 ? 0 : floats.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] =
          source == SampleType.FLOAT32
              ? floats[i] & 0xffff_ffffL
              : Double.doubleToRawLongBits(Float.intBitsToFloat(floats[i]));
    }
    return bits;
  }
}
