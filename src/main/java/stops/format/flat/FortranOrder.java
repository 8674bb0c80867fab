package stops.format.flat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import stops.image.ImageException;

/**
 * An array in Fortran's order: the first index runs fastest. It is read in C's order, in which the
 * last index does.
 *
 * <p>In the file lie columns, one for each combination of all indices but the first. A strip has a
 * few samples of each column. Columns that are close together are read at once.
 *
 * @param shape length of the array in each dimension, all 1 or more
 */
public record FortranOrder(List<Long> shape) {
  private static final int BUFFER_BYTES = 1 << 18;

  /** Bytes between samples of a strip that are read too, since another read would cost more. */
  private static final long GAP_BYTES = 1 << 12;

  /**
   * Reads samples in C's order. They keep their byte order.
   *
   * @param file has the samples of the array from {@code offset} on
   * @param bytes size of a sample: 2, 4 or 8
   * @param to the target, filled as a whole
   * @param first index of the first sample to read, counted in C's order
   */
  void read(InputFile file, long offset, int bytes, MemorySegment to, long first)
      throws ImageException {
    long columns = shape.stream().skip(1).reduce(1L, (a, b) -> a * b);
    long end = first + to.byteSize() / bytes;
    Rows rows = new Rows(first / columns, (end - 1) / columns + 1);
    long columnBytes = shape.getFirst() * bytes;
    long gap = columnBytes - rows.count() * bytes;
    long together =
        gap > GAP_BYTES ? 1 : Math.max(1, (BUFFER_BYTES - rows.count() * bytes) / columnBytes + 1);
    Places places = new Places(shape);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(BUFFER_BYTES, Long.BYTES);
      for (long column = 0; column < columns; column += together) {
        long some = Math.min(together, columns - column);
        long start = offset + column * columnBytes + rows.first() * bytes;
        if (some > 1) {
          file.read(start, buffer.asSlice(0, (some - 1) * columnBytes + rows.count() * bytes));
        }
        for (long i = 0; i < some; i++) {
          long place = places.next();
          Run run = new Run(bytes, to, first, end, columns, place);
          if (some > 1) {
            run.put(buffer, i * columnBytes, rows);
          } else {
            run.read(file, start, buffer, rows);
          }
        }
      }
    }
  }

  /** A range of the first index. */
  private record Rows(long first, long end) {
    long count() {
      return end - first;
    }
  }

  /**
   * The samples of one column that belong into a target.
   *
   * @param place index of the column's first sample, counted in C's order
   */
  private record Run(int bytes, MemorySegment to, long first, long end, long columns, long place) {

    /** Reads the rows of the column, which begin in the file at {@code start}. */
    void read(InputFile file, long start, MemorySegment buffer, Rows rows) throws ImageException {
      long most = buffer.byteSize() / bytes;
      for (long row = rows.first(); row < rows.end(); row += most) {
        Rows some = new Rows(row, Math.min(rows.end(), row + most));
        file.read(start + (row - rows.first()) * bytes, buffer.asSlice(0, some.count() * bytes));
        put(buffer, 0, some);
      }
    }

    /**
     * Puts the rows of the column, which begin in {@code from} at {@code at}, where they belong.
     */
    void put(MemorySegment from, long at, Rows rows) {
      for (long row = rows.first(); row < rows.end(); row++) {
        long sample = row * columns + place;
        if (sample >= first && sample < end) {
          long source = at + (row - rows.first()) * bytes;
          long target = (sample - first) * bytes;
          switch (bytes) {
            case Short.BYTES -> to.set(SHORT, target, from.get(SHORT, source));
            case Integer.BYTES -> to.set(INT, target, from.get(INT, source));
            default -> to.set(LONG, target, from.get(LONG, source));
          }
        }
      }
    }
  }

  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

  /** The columns in file order: for each, where it is in C's order. */
  private static final class Places {
    private final long[] lengths;
    private final long[] steps;
    private final long[] index;
    private long place;

    Places(List<Long> shape) {
      lengths = shape.stream().mapToLong(Long::longValue).toArray();
      index = new long[lengths.length];
      steps = new long[lengths.length];
      long step = 1;
      for (int d = lengths.length - 1; d >= 0; d--) {
        steps[d] = step;
        step *= lengths[d];
      }
    }

    /** The place of the next column, as the index of its first sample. */
    long next() {
      long here = place;
      int d = 1;
      while (d < lengths.length && ++index[d] == lengths[d]) {
        place -= (lengths[d] - 1) * steps[d];
        index[d] = 0;
        d++;
      }
      place += d < lengths.length ? steps[d] : 0;
      return here;
    }
  }
}
