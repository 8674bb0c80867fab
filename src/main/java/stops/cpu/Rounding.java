package stops.cpu;

import jdk.incubator.vector.LongVector;

/** How the double lanes of {@link Exp2Lanes} and {@link Log2Lanes} become float32. */
enum Rounding {
  /** To nearest even. */
  NEAREST,

  /**
   * Cut, and the last bit set where that was not exact: rounding once more, to float16, then gives
   * what rounding once would have.
   */
  ODD;

  /** The bits of a double's significand that float32 has not. */
  static final long DROPPED = (1L << 29) - 1;

  /** Doubles that, rounded to nearest, are rounded like this; bits in, bits out. */
  LongVector apply(LongVector doubles) {
    return this == NEAREST ? doubles : doubles.and(DROPPED).add(DROPPED).or(doubles).and(~DROPPED);
  }
}
