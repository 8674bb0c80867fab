package stops.format.flat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import stops.image.Plane;

/**
 * An array in Fortran's order: the first index runs fastest. It is read in C's order, in which the
 * last index does.
 *
 * @param shape length of the array in each dimension, all 1 or more
 */
public record FortranOrder(List<Long> shape) {

  /**
   * Copies samples in C's order. They become little-endian.
   *
   * @param from all samples of the array
   * @param bytes size of a sample: 2, 4 or 8
   * @param order byte order of the samples in {@code from}
   * @param to the target, filled as a whole
   * @param first index of the first sample to copy, counted in C's order
   */
  void copy(MemorySegment from, int bytes, ByteOrder order, MemorySegment to, long first) {
    long[] steps = steps();
    long[] index = index(first);
    long at = 0;
    for (int d = 0; d < index.length; d++) {
      at += index[d] * steps[d];
    }
    for (long target = 0; target < to.byteSize(); target += bytes) {
      copySample(from, at * bytes, bytes, order, to, target);
      int d = index.length - 1;
      index[d]++;
      at += steps[d];
      while (d > 0 && index[d] == shape.get(d)) {
        at += steps[d - 1] - steps[d] * index[d];
        index[d] = 0;
        d--;
        index[d]++;
      }
    }
  }

  /** Distance of neighbours in each dimension of the array, in samples. */
  private long[] steps() {
    long[] steps = new long[shape.size()];
    long step = 1;
    for (int d = 0; d < steps.length; d++) {
      steps[d] = step;
      step *= shape.get(d);
    }
    return steps;
  }

  private long[] index(long sample) {
    long[] index = new long[shape.size()];
    long rest = sample;
    for (int d = index.length - 1; d >= 0; d--) {
      index[d] = rest % shape.get(d);
      rest /= shape.get(d);
    }
    return index;
  }

  private static void copySample(
      MemorySegment from, long at, int bytes, ByteOrder order, MemorySegment to, long target) {
    switch (bytes) {
      case 2 ->
          to.set(
              Plane.FLOAT16,
              target,
              from.get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order), at));
      case 4 ->
          to.set(
              ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN),
              target,
              from.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), at));
      default ->
          to.set(
              ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN),
              target,
              from.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order), at));
    }
  }
}
