package stops.exr.codec;

import org.jspecify.annotations.Nullable;
import stops.exr.deflate.ZlibPacker;

/** ZIPS and ZIP: byte planes, compressed with zlib. */
final class ZipCompressor extends BytePlaneCompressor {
  private static final String NAME = "ZIP";

  /** From this level on, the smaller stream of both packers is taken. */
  private static final int LEVEL_OF_BOTH = 4;

  private final int level;
  private final Zlib zlib;
  private @Nullable ZlibPacker packer;

  /** Packs by {@link ZlibPacker}. */
  ZipCompressor() {
    level = 0;
    zlib = new Zlib();
  }

  /**
   * Packs by the JDK's zlib; from level 4 on by {@link ZlibPacker} too, and keeps what is smaller.
   *
   * @param level of compression, from 1 to 9
   */
  ZipCompressor(int level) {
    this.level = level;
    zlib = new Zlib(level);
  }

  @Override
  public void check(byte[] packed, int packedBytes, BlockLayout block) throws ExrException {
    zlib.check(NAME, packed, 0, packedBytes, block.bytes());
  }

  @Override
  void unpackPlanes(byte[] packed, int packedBytes, byte[] to, int bytes) throws ExrException {
    zlib.inflate(NAME, packed, 0, packedBytes, to, bytes);
  }

  @Override
  int packPlanes(byte[] from, int bytes, byte[] packed) {
    if (level == 0) {
      return packFast(from, bytes, packed);
    }
    int size = zlib.deflate(from, bytes, packed, bytes - 1);
    if (level < LEVEL_OF_BOTH) {
      return size;
    }
    byte[] other = new byte[bytes];
    int otherSize = packFast(from, bytes, other);
    if (otherSize < 0 || size >= 0 && size <= otherSize) {
      return size;
    }
    System.arraycopy(other, 0, packed, 0, otherSize);
    return otherSize;
  }

  private int packFast(byte[] from, int bytes, byte[] packed) {
    if (packer == null) {
      packer = new ZlibPacker();
    }
    return packer.pack(from, bytes, packed);
  }

  @Override
  public void close() {
    zlib.close();
  }
}
