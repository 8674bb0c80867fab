package stops.exr.deflate;

import java.util.zip.Adler32;

/**
 * Packs byte planes into zlib data (RFC 1950). It takes a third of the time of zlib at OpenEXR's
 * level, with about the same size. Not thread-safe.
 */
public final class ZlibPacker {
  private static final int HEADER = 0x5e78;

  /** Largest block in bytes. A stored block may have 65,535. */
  private static final int MOST_BLOCK_BYTES = 60_000;

  /** Space in bytes after the data: for the checksum, and for writing eight bytes at a time. */
  private static final int MARGIN_BYTES = 16;

  private static final int FIRST_GUESS_QUARTER_BITS = 4 * 6;

  private final MatchFinder finder = new MatchFinder();
  private final DeflateTokens tokens = new DeflateTokens();
  private final DeflateBlock block = new DeflateBlock();
  private final BitSink out = new BitSink();
  private final Adler32 checksum = new Adler32();

  /**
   * Packs {@code count} bytes.
   *
   * @param packed at least {@code count} bytes long
   * @return the packed size in bytes, or -1 if it is not less than {@code count}
   */
  public int pack(byte[] bytes, int count, byte[] packed) {
    long limit = count - MARGIN_BYTES;
    if (limit < 2) {
      return -1;
    }
    finder.start(bytes, count);
    out.start(packed);
    out.put(HEADER, 16);
    int quarterBits = FIRST_GUESS_QUARTER_BITS;
    int blockBytes = blockBytes(count);
    int start = 0;
    while (start < count) {
      int end = finder.block(start, blockBytes, quarterBits, tokens);
      long bits = block.plan(bytes, start, end, tokens);
      if (out.size() + (bits >>> 3) + 1 > limit) {
        return -1;
      }
      block.write(bytes, start, end, tokens, end == count, out);
      quarterBits = block.quarterBitsPerLiteral();
      start = end;
    }
    out.align();
    checksum.reset();
    checksum.update(bytes, 0, count);
    out.put(Integer.reverseBytes((int) checksum.getValue()) & 0xffffffffL, 32);
    return out.size();
  }

  /**
   * Block size in bytes. A block ends near the beginning of the second plane, whose statistics
   * differ.
   */
  private static int blockBytes(int count) {
    int half = (count + 1) / 2;
    int blocks = (half + MOST_BLOCK_BYTES - 1) / MOST_BLOCK_BYTES;
    return (half + blocks - 1) / blocks;
  }
}
