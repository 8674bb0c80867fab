package stops.exr.codec;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import stops.exr.deflate.ZlibPacker;

/** ZIPS and ZIP: byte planes, packed by zlib. */
final class ZipCompressor implements Compressor {
  private static final int CHECK_BYTES = 1 << 16;

  private byte[] planes = new byte[0];
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
  public void decompress(byte[] packed, int packedBytes, BlockLayout block, byte[] raw)
      throws ExrException {
    int bytes = (int) block.bytes();
    // one more than there should be, so that zlib reaches the end of its data
    planes(bytes + 1);
    Inflater in = inflater(packed, packedBytes);
    int total = 0;
    try {
      int n;
      do {
        n = in.inflate(planes, total, bytes + 1 - total);
        total += n;
      } while (n > 0 && total <= bytes);
    } catch (DataFormatException e) {
      throw damaged(e);
    }
    checkEnd(in, total, bytes);
    BytePlanes.join(planes, bytes, raw);
  }

  @Override
  public int compress(byte[] raw, BlockLayout block, byte[] packed) {
    int bytes = (int) block.bytes();
    planes(bytes);
    BytePlanes.split(raw, bytes, planes);
    if (packer == null) {
      packer = new ZlibPacker();
    }
    return packer.pack(planes, bytes, packed);
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

  private void planes(int bytes) {
    planes = planes.length >= bytes ? planes : new byte[bytes];
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
