package stops.exr.codec;

import org.jspecify.annotations.Nullable;
import stops.exr.deflate.ZlibPacker;

/** ZIPS and ZIP: byte planes, compressed with zlib. */
final class ZipCompressor extends BytePlaneCompressor {
  private static final String NAME = "ZIP";

  private final Zlib zlib = new Zlib();
  private @Nullable ZlibPacker packer;

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
