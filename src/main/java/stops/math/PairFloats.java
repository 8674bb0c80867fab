package stops.math;

import stops.engine.Direction;

/**
 * Samples for the self-test of the kernels that compute with float32 pairs. These kernels have
 * terms so small that a random sample rarely shows the loss of one. The samples were found by
 * breaking each term in turn: leaving it out, and rounding a product before it is added. Wherever
 * that made a result wrong, four of these samples or more are wrong.
 */
final class PairFloats {
  /**
   * The number of times that a sample occurs in a row, so that a whole vector consists of it. The
   * neighbours of a sample could hide an error, since one doubtful sample makes a kernel convert
   * its whole vector with integers.
   */
  static final int TIMES = 16;

  private static final int[] INTENSITIES = {
    0x3eb640d5,
    0x3f32a8c6,
    0x3f34f5d7,
    0x3f355575,
    0x3f35c5b1,
    0x3f39a39b,
    0x3f6cdb80,
    0x3fafa611,
    0x402c68df,
    0x4334870f
  };

  private static final int[] EXPOSURES = {
    0x3e49bcf6, 0x3eff0ee0, 0x3f00b851, 0x3f040b2d, 0x3f06525c, 0x3fbfc3b8,
    0x3fc3292e, 0x401fe1dc, 0x405fe1dc, 0xbeef3ce3, 0xbef00043, 0xbefe8f5e
  };

  private PairFloats() {}

  /** The samples, as bit patterns of float32. All are ordinary. */
  static int[] of(Direction direction) {
    return (direction == Direction.TO_EXPOSURE ? INTENSITIES : EXPOSURES).clone();
  }
}
