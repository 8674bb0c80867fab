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
 * The width of the vectors of this package: as many float32 or int lanes as the machine prefers, at
 * most 16, and half as many double or long lanes.
 *
 * <p>Java's compiler makes the vector loops of this package fast under these conditions:
 *
 * <ul>
 *   <li>Constants are in local variables.
 *   <li>The loop has no branch but its own.
 *   <li>Memory is a {@link #nativeSegment}, sliced so that the loop begins at 0.
 *   <li>The counter is an int.
 *   <li>The loop calls few methods of our own. Past some size the compiler inlines only methods of
 *       the Vector API, and a vector passed to a method that is not inlined becomes an object.
 * </ul>
 */
final class VectorWidth {
  private static final VectorShape SHAPE =
      VectorShape.forBitSize(Math.min(512, FloatVector.SPECIES_PREFERRED.vectorBitSize()));

  static final VectorSpecies<Float> FLOATS = VectorSpecies.of(float.class, SHAPE);
  static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, SHAPE);
  static final VectorSpecies<Double> DOUBLES = VectorSpecies.of(double.class, SHAPE);
  static final VectorSpecies<Long> LONGS = VectorSpecies.of(long.class, SHAPE);

  /** Half vectors of float32, with as many lanes as {@link #DOUBLES}. */
  static final VectorSpecies<Float> HALF_FLOATS =
      VectorSpecies.of(float.class, VectorShape.forBitSize(SHAPE.vectorBitSize() / 2));

  /** Number of float32 lanes of a vector. */
  static final int COUNT = FLOATS.length();

  /** Whether a table of 32 entries fits in four vectors. */
  static final boolean HAVE_TABLES = COUNT >= 8;

  /** Lane mask with the bit of each float32 lane set. */
  static final int ALL = (1 << COUNT) - 1;

  static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  private static final Class<? extends MemorySegment> NATIVE = MemorySegment.NULL.getClass();

  private VectorWidth() {}

  /**
   * Casts a segment to the class of native segments. The compiler then knows that no array lies
   * behind it. Otherwise it would check that in every iteration of a loop.
   *
   * @param segment native
   */
  static MemorySegment nativeSegment(MemorySegment segment) {
    return NATIVE.cast(segment);
  }

  /**
   * Loads a vector of a table of eight entries, beginning at entry {@code part * COUNT / 2}, modulo
   * 8.
   */
  static LongVector part(long[] table, int part) {
    return LongVector.fromArray(LONGS, table, part * LONGS.length() % table.length);
  }

  /**
   * Looks up {@code table[index % 8]} in each lane. The table fills four vectors of two lanes, two
   * of four or one of eight; the other arguments are ignored.
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

  /**
   * Loads a vector of a table of 32 entries, beginning at entry {@code part * COUNT}, modulo 32.
   */
  static IntVector part(int[] table, int part) {
    return IntVector.fromArray(INTS, table, part * COUNT % table.length);
  }

  /**
   * Looks up {@code table[index % 32]} in each lane. The table fills four vectors of 8 lanes or two
   * of 16; the other arguments are ignored.
   */
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

  static IntVector ints(int value) {
    return IntVector.broadcast(INTS, value);
  }

  static FloatVector floats(float value) {
    return FloatVector.broadcast(FLOATS, value);
  }
}
