package stops.cpu;

/**
 * Rounds arrays of float32 results to float16, and finds those for which this second rounding may
 * be wrong. They are the results halfway between two float16 numbers. They are also the subnormal
 * results of float16, whose halfway points lie elsewhere. Java's compiler makes vector instructions
 * of the loops.
 */
final class HalfRounding {
  private static final int DROPPED = (1 << 13) - 1;
  private static final int MIDDLE = 1 << 12;
  private static final int SMALLEST_NORMAL = Float.floatToRawIntBits(0x1p-14f);

  private HalfRounding() {}

  /**
   * Negative if rounding a float32 result again may be wrong, so that its sample must be converted
   * again.
   *
   * @param bits bit pattern of the result
   */
  static int doubtful(int bits) {
    int middle = (bits & DROPPED) ^ MIDDLE;
    return (middle - 1) | ((bits & Integer.MAX_VALUE) - SMALLEST_NORMAL);
  }

  /** Negative if any result is {@link #doubtful(int)}. */
  static int doubtful(int[] bits) {
    int doubtful = 0;
    for (int i = 0; i < bits.length; i++) {
      doubtful |= doubtful(bits[i]);
    }
    return doubtful;
  }

  static void round(float[] results, short[] halves) {
    for (int i = 0; i < halves.length; i++) {
      halves[i] = Float.floatToFloat16(results[i]);
    }
  }
}
