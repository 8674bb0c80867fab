package stops.cpu;

import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The shape of this machine's vectors: as many float32 or int lanes as it prefers, and half as many
 * of doubles and longs.
 */
final class Lanes {
  static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;

  /** Float32 lanes of a vector. */
  static final int COUNT = FLOATS.length();

  static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  /** The bits of a double's significand that float32 has not. */
  private static final long DROPPED = (1L << 29) - 1;

  private Lanes() {}

  /** The half of {@code floats} that {@code part}, 0 or 1, names, as doubles. */
  static DoubleVector doubles(FloatVector floats, int part) {
    return (DoubleVector) floats.convertShape(VectorOperators.F2D, DOUBLES, part);
  }

  /** Two vectors of doubles, each rounded to float32, as one. */
  static FloatVector floats(DoubleVector first, DoubleVector second) {
    return ((FloatVector) first.convertShape(VectorOperators.D2F, FLOATS, 0))
        .reinterpretAsInts()
        .or(
            ((FloatVector) second.convertShape(VectorOperators.D2F, FLOATS, -1))
                .reinterpretAsInts())
        .reinterpretAsFloats();
  }

  /**
   * Two vectors of doubles, each cut to float32, the last bit set where that was not exact (round
   * to odd): rounding once more, to float16, then gives what rounding once would have.
   */
  static FloatVector oddFloats(DoubleVector first, DoubleVector second) {
    return floats(odd(first), odd(second));
  }

  private static DoubleVector odd(DoubleVector doubles) {
    LongVector bits = doubles.reinterpretAsLongs();
    return bits.and(DROPPED).add(DROPPED).or(bits).and(~DROPPED).reinterpretAsDoubles();
  }

  /** {@code table[index % 8]} in each lane. */
  static LongVector lookUp(long[] table, LongVector index) {
    LongVector first = LongVector.fromArray(LONGS, table, 0);
    if (COUNT >= 16) {
      return index.selectFrom(first);
    }
    LongVector second = LongVector.fromArray(LONGS, table, COUNT / 2);
    if (COUNT == 8) {
      return index.selectFrom(first, second);
    }
    LongVector third = LongVector.fromArray(LONGS, table, 4);
    LongVector fourth = LongVector.fromArray(LONGS, table, 6);
    return index
        .selectFrom(first, second)
        .blend(index.selectFrom(third, fourth), index.and(4).compare(VectorOperators.NE, 0));
  }
}
