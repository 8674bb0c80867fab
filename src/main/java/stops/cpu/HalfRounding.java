package stops.cpu;

/**
 * Rounds whole blocks of float32 results, themselves rounded, once more to float16, and says which
 * of them may differ from what was rounded once: those halfway between two float16, and those that
 * are subnormal as float16, which are halfway elsewhere. Java's compiler makes vectors of the
 * loops.
 */
final class HalfRounding {
  private static final int DROPPED = (1 << 13) - 1;
  private static final int MIDDLE = 1 << 12;
  private static final int SMALLEST_NORMAL = Float.floatToRawIntBits(0x1p-14f);

  private HalfRounding() {}

  /** Below 0 for the bits of a float32 that is to be rounded from what it was rounded from. */
  static int doubtful(int bits) {
    int middle = (bits & DROPPED) ^ MIDDLE;
    return (middle - 1) | ((bits & Integer.MAX_VALUE) - SMALLEST_NORMAL);
  }

  /** Below 0 if some result is {@link #doubtful(int)}. */
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
