package stops.cpu;

import jdk.incubator.vector.LongVector;

/** How {@link Exp2NarrowVectors} and {@link Log2NarrowVectors} round doubles to float32. */
enum Rounding {
  /** To nearest even. */
  NEAREST,

  /**
   * To odd: truncates, and sets the last bit if the result is not exact. Rounding the result again,
   * to float16, then gives the same as rounding once.
   */
  ODD;

  /** Significand bits that a double has and a float32 has not. */
  static final long DROPPED = (1L << 29) - 1;

  /**
   * Changes doubles so that rounding them to nearest gives this rounding.
   *
   * @param doubles bit patterns of doubles
   * @return bit patterns of doubles
   */
  LongVector apply(LongVector doubles) {
    return this == NEAREST ? doubles : doubles.and(DROPPED).add(DROPPED).or(doubles).and(~DROPPED);
  }
}
