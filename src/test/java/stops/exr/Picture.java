package stops.exr;

import java.util.SplittableRandom;
import stops.exr.codec.BlockLayout;
import stops.exr.codec.ExrChannel;
import stops.exr.codec.PixelType;
import stops.exr.deflate.LittleEndian;

/** Kinds of picture content for tests of compressors. */
public enum Picture {
  NOISE,
  SMOOTH,
  CONSTANT,
  PHOTOGRAPH,
  SPECIAL;

  private static final int[] SPECIAL_FLOATS = {
    0x7f800000, 0xff800000, 0x7fc00000, 0x7fffff80, 0xffffffff, 0x00000001, 0x80000001,
    0x007fffff, 0x80000000, 0x00000000, 0x7f7fffff, 0xff7fffff, 0x3f800000, 0xbf800000
  };
  private static final int[] SPECIAL_HALVES = {
    0x7c00, 0xfc00, 0x7e00, 0x7fff, 0xffff, 0x0001, 0x8001, 0x03ff, 0x8000, 0x0000, 0x7bff, 0xfbff,
    0x3c00, 0xbc00
  };

  /**
   * The samples of a block with this content. Integers are below 2^24, so a float holds them
   * exactly.
   */
  public byte[] samples(BlockLayout block, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] raw = new byte[(int) block.bytes()];
    int at = 0;
    for (int y = block.yMin(); y <= block.yMax(); y++) {
      for (ExrChannel channel : block.channels()) {
        if (block.hasRow(channel, y)) {
          for (int x = 0; x < block.rowSamples(channel); x++) {
            put(channel.type(), raw, at, x, y + 31 * channel.name().hashCode(), random.nextInt());
            at += channel.type().bytes();
          }
        }
      }
    }
    return raw;
  }

  private void put(PixelType type, byte[] raw, int at, int x, int y, int random) {
    switch (type) {
      case HALF -> LittleEndian.putShort(raw, at, (short) half(x, y, random));
      case FLOAT -> LittleEndian.putInt(raw, at, floatBits(x, y, random));
      case UINT ->
          LittleEndian.putInt(
              raw, at, this == NOISE ? random >>> 8 : Math.abs((int) (1000 * value(x, y, 0))));
    }
  }

  private int half(int x, int y, int random) {
    return switch (this) {
      case NOISE -> random;
      case SPECIAL -> SPECIAL_HALVES[Math.floorMod(random, SPECIAL_HALVES.length)];
      case SMOOTH, CONSTANT, PHOTOGRAPH -> Float.floatToFloat16((float) value(x, y, random));
    };
  }

  private int floatBits(int x, int y, int random) {
    return switch (this) {
      case NOISE -> random;
      case SPECIAL -> SPECIAL_FLOATS[Math.floorMod(random, SPECIAL_FLOATS.length)];
      case SMOOTH, CONSTANT, PHOTOGRAPH -> Float.floatToRawIntBits((float) value(x, y, random));
    };
  }

  private double value(int x, int y, int random) {
    return switch (this) {
      case NOISE, SPECIAL -> x;
      case SMOOTH -> 0.5 + 0.4 * Math.sin(x * 0.05) * Math.cos(y * 0.07);
      case CONSTANT -> 0.18;
      case PHOTOGRAPH ->
          (0.2 + 0.15 * Math.sin(x * 0.3) * Math.cos(y * 0.21)) * Math.exp(3 * Math.sin(x * 0.011))
              + (random & 1023) * 1e-5;
    };
  }
}
