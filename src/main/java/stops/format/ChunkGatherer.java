package stops.format;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import stops.exr.ChunkGrid;
import stops.exr.ExrChunk;
import stops.exr.ExrWriter;
import stops.exr.codec.BlockLayout;
import stops.exr.codec.ExrException;
import stops.image.Strip;
import stops.image.Window;

/**
 * Puts together the scanline chunks of a part from strips of any shape, in any order: tiles, or
 * pieces of long rows. The part has no subsampled channels. What is not complete yet is kept in
 * memory. Thread-safe.
 */
final class ChunkGatherer {
  private final ExrWriter writer;
  private final int part;
  private final StripPacker packer;
  private final Map<Integer, Pending> pending = new ConcurrentHashMap<>();

  /** A chunk that waits for more. */
  private static final class Pending {
    final byte[] raw;
    long pixelsLeft;

    Pending(BlockLayout layout) {
      raw = new byte[Math.toIntExact(layout.bytes())];
      pixelsLeft = layout.width() * layout.height();
    }
  }

  ChunkGatherer(ExrWriter writer, int part, StripPacker packer) {
    this.writer = writer;
    this.part = part;
    this.packer = packer;
  }

  /** Whether {@code strip} is whole chunks, and has no need of this. */
  static boolean isWhole(Strip strip, ChunkGrid grid) {
    BlockLayout first = grid.layout(0);
    int bottom = grid.layout(grid.count() - 1).yMax();
    Window window = strip.window();
    return window.width() == first.width()
        && ((long) window.yMin() - first.yMin()) % first.height() == 0
        && (window.yMax() == bottom || window.height() % first.height() == 0);
  }

  /** Adds what {@code strip} has, and writes the chunks that this completes. */
  void add(Strip strip) throws IOException, ExrException {
    ChunkGrid grid = writer.grid(part);
    long rows = grid.layout(0).height();
    int top = grid.layout(0).yMin();
    int first = (int) (((long) strip.window().yMin() - top) / rows);
    int last = (int) (((long) strip.window().yMax() - top) / rows);
    for (int index = first; index <= last; index++) {
      BlockLayout layout = grid.layout(index);
      Pending chunk = pending.computeIfAbsent(index, absent -> new Pending(layout));
      boolean complete;
      synchronized (chunk) {
        chunk.pixelsLeft -= packer.columns(strip).fillPart(strip.window(), layout, chunk.raw);
        complete = chunk.pixelsLeft == 0;
      }
      if (complete) {
        pending.remove(index);
        write(index, chunk.raw);
      }
    }
  }

  private void write(int index, byte[] raw) throws IOException, ExrException {
    try (ExrChunk chunk = writer.chunk(part, index)) {
      System.arraycopy(raw, 0, chunk.raw(), 0, raw.length);
      writer.write(chunk);
    }
  }
}
