package stops.cpu;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The shape of this machine's vectors: as many float32 or int lanes as it prefers, 16 at most, and
 * half as many of doubles and longs.
 *
 * <p>What the loops of this package ask of Java's compiler: constants in local variables, no branch
 * in a loop but its own, memory that is {@link #nativeSegment} and sliced so that the loop begins
 * at 0, an int that counts, and few calls of methods of our own: past some size it inlines those of
 * the vectors only, and a vector that is passed to a method that is not inlined is an object.
 */
final class VectorWidth {
  private static final VectorShape SHAPE =
      VectorShape.forBitSize(Math.min(512, FloatVector.SPECIES_PREFERRED.vectorBitSize()));

  static final VectorSpecies<Float> FLOATS = VectorSpecies.of(float.class, SHAPE);
  static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, SHAPE);
  static final VectorSpecies<Double> DOUBLES = VectorSpecies.of(double.class, SHAPE);
  static final VectorSpecies<Long> LONGS = VectorSpecies.of(long.class, SHAPE);

  /** As many float32 as there are doubles in a vector. */
  static final VectorSpecies<Float> HALF_FLOATS =
      VectorSpecies.of(float.class, VectorShape.forBitSize(SHAPE.vectorBitSize() / 2));

  /** Float32 lanes of a vector. */
  static final int COUNT = FLOATS.length();

  /** Whether a table of 32 entries fits a few vectors. */
  static final boolean HAVE_TABLES = COUNT >= 8;

  /** A bit for each float32 lane. */
  static final int ALL = (1 << COUNT) - 1;

  static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  private static final Class<? extends MemorySegment> NATIVE = MemorySegment.NULL.getClass();

  private VectorWidth() {}

  /**
   * The same segment, which must be native. The compiler then knows that it has no array behind it;
   * otherwise a loop over it checks, in every round, what does not change.
   */
  static MemorySegment nativeSegment(MemorySegment segment) {
    return NATIVE.cast(segment);
  }

  /**
   * A vector's worth of a table of eight entries, from entry {@code part * COUNT / 2} on, if any.
   */
  static LongVector part(long[] table, int part) {
    return LongVector.fromArray(LONGS, table, part * LONGS.length() % table.length);
  }

  /**
   * {@code table[index % 8]} in each lane, of a table in four parts, or fewer of longer vectors.
   */
  static LongVector lookUp(
      LongVector first, LongVector second, LongVector third, LongVector fourth, LongVector index) {
    if (COUNT >= 16) {
      return index.selectFrom(first);
    }
    LongVector lower = index.selectFrom(first, second);
    return COUNT == 8
        ? lower
        : lower.blend(index.selectFrom(third, fourth), index.and(4).compare(VectorOperators.NE, 0));
  }

  /** A vector's worth of a table of 32 entries, from entry {@code part * COUNT}, modulo 32, on. */
  static IntVector part(int[] table, int part) {
    return IntVector.fromArray(INTS, table, part * COUNT % table.length);
  }

  /** {@code table[index % 32]} in each lane, of a table in four parts of 8 lanes or two of 16. */
  static IntVector lookUp(
      IntVector first, IntVector second, IntVector third, IntVector fourth, IntVector index) {
    IntVector lower = index.selectFrom(first, second);
    return COUNT >= 16
        ? lower
        : lower.blend(
            index.selectFrom(third, fourth), index.and(16).compare(VectorOperators.NE, 0));
  }

  static DoubleVector doubles(double value) {
    return DoubleVector.broadcast(DOUBLES, value);
  }

  static FloatVector floats(float value) {
    return FloatVector.broadcast(FLOATS, value);
  }
}
