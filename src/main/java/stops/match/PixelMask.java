package stops.match;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import stops.image.Channel;
import stops.image.ImageException;
import stops.image.ImageSource;
import stops.image.MemoryBound;
import stops.image.Plane;
import stops.image.Strip;
import stops.image.Window;
import stops.strip.StripWorkers;

/** The pixels of a window that a mask marks, one bit each. Immutable once it is read. */
final class PixelMask {
  private static final double MARKED = 0.5;

  private final Window window;
  private final int rowWords;
  private final long[][] rows;
  private final long[] before;

  private PixelMask(Window window) {
    this.window = window;
    rowWords = (int) Math.ceilDiv(window.width(), Long.SIZE);
    rows = new long[(int) window.height()][rowWords];
    before = new long[rows.length + 1];
  }

  /**
   * Reads the first channel of a file's first part in {@code window}. Pixels outside the file's
   * data window are not marked.
   *
   * @throws ImageException if the file is damaged, or the window too large for the memory
   */
  static PixelMask read(Path path, ImageSource source, Window window, StripWorkers workers)
      throws ImageException, InterruptedException {
    MemoryBound memory = workers.memory();
    memory.checkDescription(
        path, "the mask", window.height() * (Math.ceilDiv(window.width(), 64) * 8 + 32));
    PixelMask mask = new PixelMask(window);
    FileStrips.forEach(path, source, workers, strip -> mask.add(source, strip));
    for (int row = 0; row < mask.rows.length; row++) {
      mask.before[row + 1] =
          mask.before[row] + Arrays.stream(mask.rows[row]).mapToInt(Long::bitCount).sum();
    }
    return mask;
  }

  private void add(ImageSource source, Strip strip) {
    Optional<Window> common = window.intersection(strip.window());
    if (strip.part() != 0 || common.isEmpty()) {
      return;
    }
    Channel first = source.info().parts().getFirst().channels().getFirst();
    Plane plane = strip.planeOf(0);
    Window part = common.get();
    for (int y = part.yMin(); y <= part.yMax(); y++) {
      long[] row = rows[y - window.yMin()];
      // Strips may share a word of a row.
      synchronized (row) {
        for (int x = part.xMin(); x <= part.xMax(); x++) {
          if (FileStrips.sample(strip, plane, first, 0, x, y) > MARKED) {
            int at = x - window.xMin();
            row[at >> 6] |= 1L << at;
          }
        }
      }
    }
  }

  /** The number of marked pixels. */
  long count() {
    return before[rows.length];
  }

  /** The number of marked pixels before (x, y), row by row. */
  long before(int x, int y) {
    long[] row = rows[y - window.yMin()];
    int at = x - window.xMin();
    long count = before[y - window.yMin()];
    for (int word = 0; word < at >> 6; word++) {
      count += Long.bitCount(row[word]);
    }
    return (at & 63) == 0 ? count : count + Long.bitCount(row[at >> 6] & ((1L << at) - 1));
  }

  /** The column of the next marked pixel of row {@code y}, from {@code x} on; −1 if none. */
  int next(int x, int y) {
    long[] row = rows[y - window.yMin()];
    int at = x - window.xMin();
    int word = at >> 6;
    if (word >= rowWords) {
      return -1;
    }
    long left = row[word] & (-1L << at);
    while (left == 0) {
      if (++word == rowWords) {
        return -1;
      }
      left = row[word];
    }
    return window.xMin() + (word << 6) + Long.numberOfTrailingZeros(left);
  }
}
