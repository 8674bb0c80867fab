package stops.exr.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Locale;

/**
 * The samples of a block, or room for them, in the caller's planes. Each channel has its own plane:
 * packed, little-endian, row by row from the top.
 */
public final class BlockSamples {
  private final BlockLayout block;
  private final List<MemorySegment> planes;
  private final int[] rowBytes;

  /**
   * The samples of a block.
   *
   * @param planes one plane for each channel of {@code block}, with exactly its samples in the
   *     block
   */
  public BlockSamples(BlockLayout block, List<MemorySegment> planes) {
    this.block = block;
    this.planes = List.copyOf(planes);
    rowBytes = new int[block.channels().size()];
    if (planes.size() != rowBytes.length) {
      throw new IllegalArgumentException(
          planes.size() + " planes for " + rowBytes.length + " channels");
    }
    for (int c = 0; c < rowBytes.length; c++) {
      ExrChannel channel = block.channels().get(c);
      rowBytes[c] = Math.toIntExact(block.rowSamples(channel) * channel.type().bytes());
      long bytes = rowBytes[c] * block.rows(channel);
      if (planes.get(c).byteSize() != bytes) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "the plane of channel %s has %d bytes instead of %d",
                channel.name(),
                planes.get(c).byteSize(),
                bytes));
      }
    }
  }

  /** The layout of the block. */
  public BlockLayout block() {
    return block;
  }

  /** Copies samples in the order of {@link BlockLayout} into the planes. */
  public void putRows(byte[] raw) {
    int at = 0;
    for (Rows rows = new Rows(); rows.next(); at += rows.bytes()) {
      MemorySegment.copy(raw, at, rows.plane(), ValueLayout.JAVA_BYTE, rows.start(), rows.bytes());
    }
  }

  /** Copies the samples into {@code raw}, in the order of {@link BlockLayout}. */
  public void getRows(byte[] raw) {
    int at = 0;
    for (Rows rows = new Rows(); rows.next(); at += rows.bytes()) {
      MemorySegment.copy(rows.plane(), ValueLayout.JAVA_BYTE, rows.start(), raw, at, rows.bytes());
    }
  }

  /** The rows of all planes, in the order of {@link BlockLayout}. */
  Rows rows() {
    return new Rows();
  }

  /** Iterates over rows. It starts before the first row. */
  final class Rows {
    private final long[] ends = new long[rowBytes.length];
    private int y = block.yMin();
    private int channel = -1;

    /** Moves to the next row with samples. Returns false if there is none. */
    boolean next() {
      do {
        channel++;
        if (channel >= rowBytes.length) {
          if (rowBytes.length == 0 || y == block.yMax()) {
            return false;
          }
          channel = 0;
          y++;
        }
      } while (rowBytes[channel] == 0 || !block.hasRow(block.channels().get(channel), y));
      ends[channel] += rowBytes[channel];
      return true;
    }

    /** The plane of the row. */
    MemorySegment plane() {
      return planes.get(channel);
    }

    /** Position of the row in the plane, in bytes. */
    long start() {
      return ends[channel] - rowBytes[channel];
    }

    /** Size of the row in bytes. It is even, since samples have two or four bytes. */
    int bytes() {
      return rowBytes[channel];
    }
  }
}
