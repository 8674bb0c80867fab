package stops.exr;

import java.util.Locale;
import java.util.Optional;
import stops.exr.codec.BlockLayout;
import stops.exr.codec.ExrChannel;
import stops.exr.codec.ExrException;

/**
 * The division of a part into chunks. Chunks are numbered as in the offset table. Scanline blocks
 * are numbered from the top. Tiles are numbered level by level; within a level, from left to right
 * and then downwards. The order in the file may differ: see {@link #inFileOrder}. Immutable.
 */
public final class ChunkGrid {
  private final ExrHeader header;
  private final Optional<Tiling> tiling;
  private final int xLevels;
  private final int yLevels;
  private final boolean ripmap;
  private final long[] levelStarts;
  private final int count;

  private ChunkGrid(ExrHeader header) throws ExrException {
    this.header = header;
    tiling = header.tiling();
    Box window = header.dataWindow();
    Tiling.Levels levels = tiling.map(Tiling::levels).orElse(Tiling.Levels.ONE);
    ripmap = levels == Tiling.Levels.RIPMAP;
    long larger = Math.max(window.width(), window.height());
    xLevels =
        switch (levels) {
          case ONE -> 1;
          case MIPMAP -> tiling.orElseThrow().levelsOf(larger);
          case RIPMAP -> tiling.orElseThrow().levelsOf(window.width());
        };
    yLevels = ripmap ? tiling.orElseThrow().levelsOf(window.height()) : xLevels;
    levelStarts = new long[(ripmap ? xLevels * yLevels : xLevels) + 1];
    for (int level = 0; level < levelStarts.length - 1; level++) {
      int x = ripmap ? level % xLevels : level;
      int y = ripmap ? level / xLevels : level;
      levelStarts[level + 1] = levelStarts[level] + columns(x) * rows(y);
      if (levelStarts[level + 1] > Integer.MAX_VALUE) {
        throw new ExrException(
            String.format(
                Locale.ROOT,
                "more than 2^31 chunks, for %d by %d pixels, are not supported",
                window.width(),
                window.height()));
      }
    }
    count = (int) levelStarts[levelStarts.length - 1];
    if (largestBlock() > Integer.MAX_VALUE - 16) {
      throw new ExrException(
          String.format(
              Locale.ROOT,
              "a chunk of %d by %d pixels is larger than the 2 GiB that are supported",
              blockWidth(),
              blockHeight()));
    }
  }

  /**
   * The grid of a part.
   *
   * @throws ExrException if the part has more than 2^31 chunks, or a chunk of 2 GiB or more
   */
  public static ChunkGrid of(ExrHeader header) throws ExrException {
    return new ChunkGrid(header);
  }

  /** Number of chunks in the part. */
  public int count() {
    return count;
  }

  /** An upper bound of a chunk's uncompressed size in bytes. */
  public long largestBlock() {
    long bytes = 0;
    for (ExrChannel channel : header.channels()) {
      long rowSamples = (blockWidth() + channel.xSampling() - 1) / channel.xSampling();
      long rows = (blockHeight() + channel.ySampling() - 1) / channel.ySampling();
      bytes += Math.min(rowSamples * rows, Integer.MAX_VALUE) * channel.type().bytes();
    }
    return bytes;
  }

  /** The pixels of a chunk, in the coordinates of its level. */
  public BlockLayout layout(int chunk) {
    Box window = header.dataWindow();
    if (tiling.isEmpty()) {
      int rows = header.compression().rows();
      int top = (int) (window.yMin() + (long) chunk * rows);
      int bottom = (int) Math.min((long) top + rows - 1, window.yMax());
      return new BlockLayout(window.xMin(), top, window.xMax(), bottom, header.channels());
    }
    int level = level(chunk);
    long within = chunk - levelStarts[level];
    long columns = columns(levelX(level));
    Span x =
        span(
            within % columns,
            tiling.get().width(),
            window.xMin(),
            tiling.get().levelSize(window.width(), levelX(level)));
    Span y =
        span(
            within / columns,
            tiling.get().height(),
            window.yMin(),
            tiling.get().levelSize(window.height(), levelY(level)));
    return new BlockLayout(x.first(), y.first(), x.last(), y.last(), header.channels());
  }

  /**
   * The chunk's coordinates in its frame: {@code {y}} for a scanline block, {@code {x, y, levelX,
   * levelY}} for a tile. The {@code x} and {@code y} of a tile count tiles.
   */
  int[] coordinates(int chunk) {
    if (tiling.isEmpty()) {
      return new int[] {layout(chunk).yMin()};
    }
    int level = level(chunk);
    long within = chunk - levelStarts[level];
    long columns = columns(levelX(level));
    return new int[] {
      (int) (within % columns), (int) (within / columns), levelX(level), levelY(level)
    };
  }

  /** The chunk with these {@link #coordinates}, or -1 if there is none. */
  int chunkAt(int[] coordinates) {
    if (tiling.isEmpty()) {
      long row = (long) coordinates[0] - header.dataWindow().yMin();
      int rows = header.compression().rows();
      return row >= 0 && row % rows == 0 && row / rows < count ? (int) (row / rows) : -1;
    }
    int levelX = coordinates[2];
    int levelY = coordinates[3];
    if (levelX < 0 || levelX >= xLevels || levelY < 0 || levelY >= yLevels) {
      return -1;
    }
    if (!ripmap && levelX != levelY) {
      return -1;
    }
    long columns = columns(levelX);
    if (coordinates[0] < 0
        || coordinates[0] >= columns
        || coordinates[1] < 0
        || coordinates[1] >= rows(levelY)) {
      return -1;
    }
    int level = ripmap ? levelY * xLevels + levelX : levelX;
    return (int) (levelStarts[level] + coordinates[1] * columns + coordinates[0]);
  }

  /**
   * The index of a chunk in the file, among the chunks of its part. OpenEXR writes and expects this
   * order. With decreasing line order, scanline blocks begin at the bottom, and so do the rows of
   * tiles within each level. The mapping is its own inverse: it also gives the chunk at an index.
   */
  public int inFileOrder(int chunk) {
    if (header.lineOrder() != LineOrder.DECREASING_Y) {
      return chunk;
    }
    int level = level(chunk);
    long within = chunk - levelStarts[level];
    long columns = columns(levelX(level));
    long row = rows(levelY(level)) - 1 - within / columns;
    return (int) (levelStarts[level] + row * columns + within % columns);
  }

  /** The horizontal level of the chunk: how often the width was halved. */
  public int chunkLevelX(int chunk) {
    return tiling.isEmpty() ? 0 : levelX(level(chunk));
  }

  /** The vertical level of the chunk: how often the height was halved. */
  public int chunkLevelY(int chunk) {
    return tiling.isEmpty() ? 0 : levelY(level(chunk));
  }

  /** The chunk's place, for messages. */
  String place(int chunk) {
    int[] at = coordinates(chunk);
    return at.length == 1
        ? "scanline " + at[0]
        : String.format(Locale.ROOT, "tile (%d, %d) of level (%d, %d)", at[0], at[1], at[2], at[3]);
  }

  private record Span(int first, int last) {}

  private static Span span(long tile, int size, int origin, long levelSize) {
    long first = tile * size;
    long last = Math.min(first + size, levelSize) - 1;
    return new Span((int) (origin + first), (int) (origin + last));
  }

  private long blockWidth() {
    long width = header.dataWindow().width();
    return tiling.map(t -> Math.min(width, t.width())).orElse(width);
  }

  private long blockHeight() {
    int rows = tiling.map(Tiling::height).orElse(header.compression().rows());
    return Math.min(header.dataWindow().height(), rows);
  }

  private int level(int chunk) {
    int low = 0;
    int high = levelStarts.length - 2;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (levelStarts[middle] <= chunk) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private int levelX(int level) {
    return ripmap ? level % xLevels : level;
  }

  private int levelY(int level) {
    return ripmap ? level / xLevels : level;
  }

  private long columns(int levelX) {
    return tiling
        .map(t -> ceilDiv(t.levelSize(header.dataWindow().width(), levelX), t.width()))
        .orElse(1L);
  }

  private long rows(int levelY) {
    long height = header.dataWindow().height();
    return tiling
        .map(t -> ceilDiv(t.levelSize(height, levelY), t.height()))
        .orElse(ceilDiv(height, header.compression().rows()));
  }

  private static long ceilDiv(long size, int piece) {
    return (size + piece - 1) / piece;
  }
}
