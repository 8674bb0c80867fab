package stops.exr.deflate;

import java.util.zip.Adler32;

/**
 * Packs byte planes into zlib data (RFC 1950), for speed: in a third of the time that zlib takes at
 * the level that OpenEXR uses, to about the same size. One thread at a time.
 */
public final class ZlibPacker {
  private static final int HEADER = 0x5e78;

  /** Somewhat less than a stored block may have. */
  private static final int MOST_BLOCK_BYTES = 60_000;

  /** What may be written behind the data: the checksum, and eight bytes at a time. */
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
   * @return how many bytes they became, or -1 if not fewer than {@code count}
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

  /** Such that a block ends about where the second plane begins, whose bytes are different ones. */
  private static int blockBytes(int count) {
    int half = (count + 1) / 2;
    int blocks = (half + MOST_BLOCK_BYTES - 1) / MOST_BLOCK_BYTES;
    return (half + blocks - 1) / blocks;
  }
}
