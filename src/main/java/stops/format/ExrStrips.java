package stops.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import stops.exr.Box;
import stops.exr.ChunkGrid;
import stops.exr.ExrHeader;
import stops.exr.LineOrder;
import stops.exr.Tiling;
import stops.exr.codec.BlockLayout;
import stops.exr.codec.Compression;
import stops.exr.codec.ExrChannel;
import stops.image.Window;

/**
 * How the chunks of an EXR file make strips: each tile is one; scanline chunks are put together
 * until there are enough samples to be worth a call, if that leaves enough strips, in multiples of
 * what ZIP has in a chunk. Strips are numbered in the order in which their chunks lie in the file.
 */
final class ExrStrips {
  /**
   * Each strip is scheduled, and its memory reserved: with fewer bytes that is a part of its time.
   */
  private static final long LEAST_BYTES = 1L << 18;

  /**
   * A call of a device costs the same whatever it converts: the more samples, half a million halves
   * here, the less that counts. With many more, those of all strips in work would leave the caches
   * between reading, converting and writing.
   */
  private static final long WORTHWHILE_BYTES = 1L << 20;

  /** Strips of a part that there are to be, so that every core has some and all end together. */
  private static final long MANY_STRIPS = 32;

  private final List<PartStrips> parts = new ArrayList<>();
  private final int[] firsts;
  private final int count;

  /** The strips of a part, numbered from {@code first}. */
  private record PartStrips(ExrHeader header, ChunkGrid grid, int chunksEach, int first) {
    int count() {
      return (grid.count() + chunksEach - 1) / chunksEach;
    }

    /** The first chunk of the strip at this place of the part's. */
    int firstChunk(int place) {
      if (header.tiling().isPresent()) {
        return grid.inFileOrder(place);
      }
      boolean upwards = header.lineOrder() == LineOrder.DECREASING_Y;
      return (upwards ? count() - 1 - place : place) * chunksEach;
    }
  }

  /**
   * A strip.
   *
   * @param part its part
   * @param firstChunk the first of its chunks
   * @param chunks how many it has, 1 or more
   * @param layout its pixels in the coordinates of their level
   * @param window its pixels in those of the full picture
   */
  record Place(int part, int firstChunk, int chunks, BlockLayout layout, Window window) {}

  /**
   * The strips of a file.
   *
   * @param leastRows rows of pixels in a strip without tiles, at least; a power of two
   */
  ExrStrips(List<ExrHeader> headers, List<ChunkGrid> grids, int leastRows) {
    firsts = new int[headers.size()];
    int first = 0;
    for (int part = 0; part < headers.size(); part++) {
      firsts[part] = first;
      ExrHeader header = headers.get(part);
      int chunksEach =
          header.tiling().isPresent() ? 1 : rowsEach(header, leastRows) / rowsInChunk(header);
      PartStrips strips = new PartStrips(header, grids.get(part), chunksEach, first);
      parts.add(strips);
      first += strips.count();
    }
    count = first;
  }

  int count() {
    return count;
  }

  Place place(int strip) {
    int found = Arrays.binarySearch(firsts, strip);
    int part = found < 0 ? -found - 2 : found;
    PartStrips strips = parts.get(part);
    ChunkGrid grid = strips.grid();
    int firstChunk = strips.firstChunk(strip - strips.first());
    int chunks = Math.min(strips.chunksEach(), grid.count() - firstChunk);
    BlockLayout top = grid.layout(firstChunk);
    BlockLayout bottom = grid.layout(firstChunk + chunks - 1);
    BlockLayout all =
        new BlockLayout(top.xMin(), top.yMin(), top.xMax(), bottom.yMax(), top.channels());
    Window window =
        fullPicture(
            all,
            strips.header().dataWindow(),
            grid.chunkLevelX(firstChunk),
            grid.chunkLevelY(firstChunk));
    return new Place(part, firstChunk, chunks, all, window);
  }

  /** Whether a strip is of the full picture, not of a smaller level. */
  boolean isFullSize(int strip) {
    Place place = place(strip);
    ChunkGrid grid = parts.get(place.part()).grid();
    return grid.chunkLevelX(place.firstChunk()) == 0 && grid.chunkLevelY(place.firstChunk()) == 0;
  }

  /** Whether there are smaller levels. */
  boolean haveSmaller() {
    return parts.stream()
        .flatMap(part -> part.header().tiling().stream())
        .anyMatch(tiling -> tiling.levels() != Tiling.Levels.ONE);
  }

  /** The largest number of bytes in the planes of a strip, each plane padded to {@code padding}. */
  long largestStrip(int padding) {
    long largest = 0;
    for (PartStrips strips : parts) {
      int channels = strips.header().channels().size();
      long bytes = strips.grid().largestBlock() * strips.chunksEach() + (long) channels * padding;
      largest = Math.max(largest, bytes);
    }
    return largest;
  }

  /** Rows in a strip: a power of two, no fewer than a ZIP chunk has. */
  private static int rowsEach(ExrHeader header, int leastRows) {
    Box window = header.dataWindow();
    long rowBytes = 0;
    for (ExrChannel channel : header.channels()) {
      rowBytes += window.width() / channel.xSampling() * channel.type().bytes();
    }
    long rows = Math.max(rowsInChunk(header), Math.max(leastRows, Compression.ZIP.rows()));
    while (rows < window.height() && isTooSmall(rows * rowBytes, window.height() / (2 * rows))) {
      rows *= 2;
    }
    return (int) rows;
  }

  /**
   * Whether a strip should have more rows.
   *
   * @param stripsOfTwice how many whole strips there are if it has twice as many
   */
  private static boolean isTooSmall(long bytes, long stripsOfTwice) {
    return bytes < LEAST_BYTES || (bytes < WORTHWHILE_BYTES && stripsOfTwice >= MANY_STRIPS);
  }

  private static int rowsInChunk(ExrHeader header) {
    return header.compression().rows();
  }

  private static Window fullPicture(BlockLayout at, Box window, int levelX, int levelY) {
    return new Window(
        (int) start(at.xMin(), window.xMin(), window.xMax(), levelX),
        (int) start(at.yMin(), window.yMin(), window.yMax(), levelY),
        (int) start((long) at.xMax() + 1, window.xMin(), (long) window.xMax() + 1, levelX) - 1,
        (int) start((long) at.yMax() + 1, window.yMin(), (long) window.yMax() + 1, levelY) - 1);
  }

  private static long start(long at, long origin, long last, int level) {
    return Math.min(last, origin + ((at - origin) << level));
  }
}
