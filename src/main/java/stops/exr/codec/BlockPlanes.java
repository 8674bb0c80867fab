package stops.exr.codec;

import java.util.List;
import stops.exr.deflate.LittleEndian;

/**
 * The planar layout of a block: each channel is a plane of 16-bit words, and the planes follow one
 * another. A 32-bit sample is two words, the low one first.
 *
 * <p>The layout requires blocks of less than 2^31 bytes.
 */
final class BlockPlanes {
  private final BlockLayout block;
  private final int[] starts;

  BlockPlanes(BlockLayout block) {
    this.block = block;
    List<ExrChannel> channels = block.channels();
    starts = new int[channels.size() + 1];
    for (int c = 0; c < channels.size(); c++) {
      starts[c + 1] = Math.addExact(starts[c], Math.multiplyExact(rowWords(c), rows(c)));
    }
  }

  /** Number of planes. */
  int count() {
    return starts.length - 1;
  }

  ExrChannel channel(int plane) {
    return block.channels().get(plane);
  }

  /** Size of all planes in words. */
  int words() {
    return starts[count()];
  }

  /** Index of the plane's first word. */
  int start(int plane) {
    return starts[plane];
  }

  /** Samples in a row of the plane; 0 if the plane is empty. */
  int columns(int plane) {
    return rows(plane) == 0 ? 0 : Math.toIntExact(block.rowSamples(channel(plane)));
  }

  /** Number of rows in the plane. */
  int rows(int plane) {
    return Math.toIntExact(block.rows(channel(plane)));
  }

  /** Words in a sample: 1 or 2. */
  int sampleWords(int plane) {
    return channel(plane).type().bytes() / Short.BYTES;
  }

  /** Words in a row of the plane. */
  int rowWords(int plane) {
    return columns(plane) * sampleWords(plane);
  }

  /** Calls {@code visitor} for every row of every plane, in the order of the block's bytes. */
  void forEachRow(RowVisitor visitor) {
    int[] next = starts.clone();
    int at = 0;
    for (int y = block.yMin(); ; y++) {
      for (int plane = 0; plane < count(); plane++) {
        if (block.hasRow(channel(plane), y)) {
          int words = rowWords(plane);
          visitor.row(plane, next[plane], words, at);
          next[plane] += words;
          at += words * Short.BYTES;
        }
      }
      if (y == block.yMax()) {
        return;
      }
    }
  }

  /** Writes the words of all planes into the block {@code raw}. */
  void putRows(short[] words, byte[] raw) {
    forEachRow((plane, word, count, at) -> {
      for (int i = 0; i < count; i++) {
        LittleEndian.putShort(raw, at + Short.BYTES * i, words[word + i]);
      }
    });
  }

  /** Reads the words of all planes from the block {@code raw}. */
  void getRows(byte[] raw, short[] words) {
    forEachRow((plane, word, count, at) -> {
      for (int i = 0; i < count; i++) {
        words[word + i] = LittleEndian.getShort(raw, at + Short.BYTES * i);
      }
    });
  }

  /** Visits the rows of the planes. */
  interface RowVisitor {
    /**
     * Visits one row.
     *
     * @param plane the channel's number *
     * @param word index of the row's first word in the planes *
     * @param words number of words *
     * @param at index of the row's first byte in the block
     */
    void row(int plane, int word, int words, int at);
  }
}
