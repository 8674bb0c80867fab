package stops.exr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import stops.exr.codec.ExrBytes;
import stops.exr.codec.ExrException;

/**
 * The positions of one part's chunks, in bytes from the start of the file. The table is invalid if
 * the writer was interrupted or the file is damaged. In that case, the reader rebuilds it by
 * walking over the chunks.
 */
final class OffsetTable {
  private static final int ENTRY_BYTES = 8;
  private static final int READ_ENTRIES = 1 << 12;

  /** Tables are kept by the reader and, where the file is copied chunk by chunk, by the writer. */
  private static final int COPIES = 2;

  /**
   * Limit of the entries of all tables, which are kept in memory. A picture of 130,000 by 130,000
   * pixels in tiles of 64 by 64 has as many.
   */
  private static final long MOST_ENTRIES = 1L << 22;

  private final long[] offsets;

  private OffsetTable(long[] offsets) {
    this.offsets = offsets;
  }

  /** The chunk's position in bytes, or -1 if the file lacks the chunk. */
  long offset(int chunk) {
    return offsets[chunk];
  }

  /** Reads the tables of all parts. The first begins at {@code position}. */
  static List<OffsetTable> readAll(ExrBytes file, long position, ChunkFrames frames, HeldBytes held)
      throws IOException, ExrException {
    long tableBytes = 0;
    for (ChunkGrid grid : frames.grids()) {
      tableBytes += (long) grid.count() * ENTRY_BYTES;
    }
    long chunksStart = position + tableBytes;
    if (chunksStart > file.size()) {
      throw new ExrException(
          String.format(
              Locale.ROOT,
              "%d chunks are claimed, more than fit into the file",
              tableBytes / ENTRY_BYTES));
    }
    if (tableBytes / ENTRY_BYTES > MOST_ENTRIES) {
      throw new ExrException("more than 2^22 chunks are not supported; use larger tiles");
    }
    held.check(COPIES * tableBytes);
    List<OffsetTable> tables = new ArrayList<>();
    boolean sound = true;
    long at = position;
    for (ChunkGrid grid : frames.grids()) {
      long[] offsets = read(file, at, grid.count());
      at += (long) grid.count() * ENTRY_BYTES;
      long lastStart = file.size() - frames.frameBytes(tables.size());
      sound &= Arrays.stream(offsets).allMatch(o -> o >= chunksStart && o <= lastStart);
      tables.add(new OffsetTable(offsets));
    }
    if (!sound) {
      tables.forEach(table -> Arrays.fill(table.offsets, -1));
      walk(file, chunksStart, frames, tables);
    }
    return List.copyOf(tables);
  }

  private static long[] read(ExrBytes file, long position, int count)
      throws IOException, ExrException {
    long[] offsets = new long[count];
    byte[] bytes = new byte[Math.min(count, READ_ENTRIES) * ENTRY_BYTES];
    for (int first = 0; first < count; first += READ_ENTRIES) {
      int entries = Math.min(READ_ENTRIES, count - first);
      file.read(position + (long) first * ENTRY_BYTES, bytes, entries * ENTRY_BYTES);
      ByteBuffer.wrap(bytes)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asLongBuffer()
          .get(offsets, first, entries);
    }
    return offsets;
  }

  /** Rebuilds the tables by walking from chunk to chunk, up to the first invalid frame. */
  private static void walk(ExrBytes file, long start, ChunkFrames frames, List<OffsetTable> tables)
      throws IOException {
    long position = start;
    while (position < file.size()) {
      try {
        ChunkFrames.Frame frame = frames.read(file, position);
        long[] offsets = tables.get(frame.part()).offsets;
        if (offsets[frame.chunk()] >= 0) {
          return;
        }
        offsets[frame.chunk()] = position;
        position = frame.dataStart() + frame.dataBytes();
      } catch (ExrException e) {
        return;
      }
    }
  }
}
