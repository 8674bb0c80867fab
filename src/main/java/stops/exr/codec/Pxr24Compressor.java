package stops.exr.codec;

import org.jspecify.annotations.Nullable;
import stops.exr.deflate.LittleEndian;
import stops.exr.deflate.ZlibPacker;

/**
 * PXR24. Differences between neighbours in a row are split into byte planes and deflated. Halves
 * and integers are lossless. Floats are rounded to their leftmost 24 bits.
 */
final class Pxr24Compressor implements Compressor {
  private static final String NAME = "PXR24";
  private static final int FLOAT_BYTES = 3;

  private final Zlib zlib = new Zlib();
  private @Nullable ZlibPacker packer;
  private byte[] bytes = new byte[0];

  @Override
  public void check(byte[] packed, int packedBytes, BlockLayout block) throws ExrException {
    zlib.check(NAME, packed, 0, packedBytes, size(new BlockPlanes(block)));
  }

  @Override
  public void decompress(byte[] packed, int packedBytes, BlockLayout block, byte[] raw)
      throws ExrException {
    BlockPlanes planes = new BlockPlanes(block);
    int size = size(planes);
    byte[] from = scratch(size);
    zlib.inflate(NAME, packed, 0, packedBytes, from, size);
    int[] next = new int[1];
    planes.forEachRow((plane, word, words, target) -> {
      int samples = planes.columns(plane);
      int at = next[0];
      next[0] = at + samples * bytes(planes.channel(plane).type());
      switch (planes.channel(plane).type()) {
        case HALF -> readHalves(from, at, samples, raw, target);
        case FLOAT -> readFloats(from, at, samples, raw, target);
        case UINT -> readInts(from, at, samples, raw, target);
      }
    });
  }

  private static void readHalves(byte[] from, int at, int samples, byte[] raw, int target) {
    int sample = 0;
    for (int i = 0; i < samples; i++) {
      sample += (from[at + i] & 0xff) << 8 | (from[at + samples + i] & 0xff);
      LittleEndian.putShort(raw, target + 2 * i, (short) sample);
    }
  }

  private static void readFloats(byte[] from, int at, int samples, byte[] raw, int target) {
    int sample = 0;
    for (int i = 0; i < samples; i++) {
      sample +=
          (from[at + i] & 0xff) << 24
              | (from[at + samples + i] & 0xff) << 16
              | (from[at + 2 * samples + i] & 0xff) << 8;
      LittleEndian.putInt(raw, target + 4 * i, sample);
    }
  }

  private static void readInts(byte[] from, int at, int samples, byte[] raw, int target) {
    int sample = 0;
    for (int i = 0; i < samples; i++) {
      sample +=
          (from[at + i] & 0xff) << 24
              | (from[at + samples + i] & 0xff) << 16
              | (from[at + 2 * samples + i] & 0xff) << 8
              | (from[at + 3 * samples + i] & 0xff);
      LittleEndian.putInt(raw, target + 4 * i, sample);
    }
  }

  @Override
  public int compress(byte[] raw, BlockLayout block, byte[] packed) {
    BlockPlanes planes = new BlockPlanes(block);
    int size = size(planes);
    byte[] to = scratch(size);
    int[] next = new int[1];
    planes.forEachRow((plane, word, words, source) -> {
      int samples = planes.columns(plane);
      int at = next[0];
      next[0] = at + samples * bytes(planes.channel(plane).type());
      switch (planes.channel(plane).type()) {
        case HALF -> writeHalves(raw, source, samples, to, at);
        case FLOAT -> writeFloats(raw, source, samples, to, at);
        case UINT -> writeInts(raw, source, samples, to, at);
      }
    });
    int limit = Math.toIntExact(block.bytes()) - 1;
    if (packer == null) {
      packer = new ZlibPacker();
    }
    int fast = packer.pack(to, size, packed);
    // Floats already shrank to 24 bits, so even incompressible data are worth storing.
    return fast > 0 || size > limit ? fast : zlib.deflate(to, size, packed, limit);
  }

  private static void writeHalves(byte[] raw, int source, int samples, byte[] to, int at) {
    int before = 0;
    for (int i = 0; i < samples; i++) {
      int sample = LittleEndian.getShort(raw, source + 2 * i);
      int difference = sample - before;
      before = sample;
      to[at + i] = (byte) (difference >> 8);
      to[at + samples + i] = (byte) difference;
    }
  }

  private static void writeFloats(byte[] raw, int source, int samples, byte[] to, int at) {
    int before = 0;
    for (int i = 0; i < samples; i++) {
      int sample = leftmost24(LittleEndian.getInt(raw, source + 4 * i));
      int difference = sample - before;
      before = sample;
      to[at + i] = (byte) (difference >> 16);
      to[at + samples + i] = (byte) (difference >> 8);
      to[at + 2 * samples + i] = (byte) difference;
    }
  }

  private static void writeInts(byte[] raw, int source, int samples, byte[] to, int at) {
    int before = 0;
    for (int i = 0; i < samples; i++) {
      int sample = LittleEndian.getInt(raw, source + 4 * i);
      int difference = sample - before;
      before = sample;
      to[at + i] = (byte) (difference >> 24);
      to[at + samples + i] = (byte) (difference >> 16);
      to[at + 2 * samples + i] = (byte) (difference >> 8);
      to[at + 3 * samples + i] = (byte) difference;
    }
  }

  /**
   * The leftmost 24 bits of a float, rounded to nearest, ties away from zero. A finite number never
   * becomes infinity. A NaN stays a NaN.
   */
  static int leftmost24(int bits) {
    int magnitude = bits & 0x7fff_ffff;
    int infinity = 0x7f80_0000;
    int kept = magnitude >>> 8;
    if (magnitude > infinity && kept == infinity >>> 8) {
      kept |= 1;
    } else if (magnitude < infinity) {
      int rounded = (magnitude + 0x80) >>> 8;
      kept = rounded < infinity >>> 8 ? rounded : kept;
    }
    return (bits & 0x8000_0000) >>> 8 | kept;
  }

  private static int bytes(PixelType type) {
    return type == PixelType.FLOAT ? FLOAT_BYTES : type.bytes();
  }

  private static int size(BlockPlanes planes) {
    int size = 0;
    for (int plane = 0; plane < planes.count(); plane++) {
      size += planes.columns(plane) * planes.rows(plane) * bytes(planes.channel(plane).type());
    }
    return size;
  }

  private byte[] scratch(int count) {
    if (bytes.length < count) {
      bytes = new byte[count];
    }
    return bytes;
  }

  @Override
  public void close() {
    zlib.close();
  }
}
