package stops.exr.codec;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import stops.exr.deflate.ZlibPacker;

/** ZIPS and ZIP: byte planes, packed by zlib. */
final class ZipCompressor extends BytePlaneCompressor {
  private static final int CHECK_BYTES = 1 << 16;

  private @Nullable Inflater inflater;
  private @Nullable ZlibPacker packer;

  @Override
  public void check(byte[] packed, int packedBytes, BlockLayout block) throws ExrException {
    byte[] scratch = new byte[CHECK_BYTES];
    Inflater in = inflater(packed, packedBytes);
    long total = 0;
    try {
      for (int n = in.inflate(scratch); n > 0; n = in.inflate(scratch)) {
        total += n;
      }
    } catch (DataFormatException e) {
      throw damaged(e);
    }
    checkEnd(in, total, block.bytes());
  }

  @Override
  void unpackPlanes(byte[] packed, int packedBytes, byte[] to, int bytes) throws ExrException {
    Inflater in = inflater(packed, packedBytes);
    int total = 0;
    try {
      int n;
      do {
        // one more than there should be, so that zlib reaches the end of its data
        n = in.inflate(to, total, bytes + 1 - total);
        total += n;
      } while (n > 0 && total <= bytes);
    } catch (DataFormatException e) {
      throw damaged(e);
    }
    checkEnd(in, total, bytes);
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
    if (inflater != null) {
      inflater.end();
      inflater = null;
    }
  }

  private Inflater inflater(byte[] packed, int packedBytes) {
    if (inflater == null) {
      inflater = new Inflater();
    }
    inflater.reset();
    inflater.setInput(packed, 0, packedBytes);
    return inflater;
  }

  private static void checkEnd(Inflater in, long total, long expected) throws ExrException {
    if (total > expected) {
      throw new ExrException("ZIP data holds more than the block");
    }
    if (total < expected || !in.finished()) {
      throw new ExrException("ZIP data ends early");
    }
  }

  private static ExrException damaged(DataFormatException e) {
    String detail = e.getMessage();
    return new ExrException("ZIP data is damaged" + (detail == null ? "" : ": " + detail));
  }
}
