package stops.exr.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import stops.exr.Picture;
import stops.exr.deflate.LittleEndian;

/** What DWA packs comes back: exactly, or for light on its curve within a bound. */
class DwaPackerTest {

  static List<org.junit.jupiter.params.provider.Arguments> pictures() {
    return CompressorTest.pictures().toList();
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void lightComesBackNearlyAndAllElseExactly(Picture picture, int[] size) throws Exception {
    for (boolean deflates : new boolean[] {false, true}) {
      check(picture, size, deflates, 45, 0.12f);
      check(picture, size, deflates, 0, 0.1f);
      check(picture, size, deflates, 400, 0.6f);
    }
  }

  private static void check(Picture picture, int[] size, boolean deflates, float level, float most)
      throws Exception {
    BlockLayout block = CompressorTest.layout(size, CompressorTest.MIXED);
    byte[] raw = picture.samples(block, 1);
    byte[] packed = new byte[(int) block.bytes()];
    try (DwaCompressor compressor = new DwaCompressor(deflates, level)) {
      int bytes = compressor.compress(raw, block, packed);
      if (bytes < 0) {
        return;
      }
      byte[] back = new byte[raw.length];
      compressor.check(packed, bytes, block);
      compressor.decompress(packed, bytes, block, back);
      assertNear(block, raw, back, most);
    }
  }

  @Test
  void anAlphaWithoutRunsIsKeptBesideColoursThatShrink() throws Exception {
    List<ExrChannel> channels =
        List.of(
            ExrChannel.of("A", PixelType.HALF),
            ExrChannel.of("B", PixelType.HALF),
            ExrChannel.of("G", PixelType.HALF),
            ExrChannel.of("R", PixelType.HALF));
    for (int width : new int[] {1, 2, 3, 8, 127, 128, 129, 300}) {
      BlockLayout block = CompressorTest.layout(new int[] {width, 32}, channels);
      byte[] raw = Picture.CONSTANT.samples(block, 1);
      byte[] noise = Picture.NOISE.samples(block, 1);
      for (int row = 0; row < 32; row++) {
        System.arraycopy(noise, 8 * width * row, raw, 8 * width * row, 2 * width);
      }
      byte[] packed = new byte[raw.length];
      byte[] back = new byte[raw.length];
      try (DwaCompressor compressor = new DwaCompressor(false, 45)) {
        int bytes = compressor.compress(raw, block, packed);
        if (width >= 8) {
          assertTrue(bytes > 0, width + " columns do not shrink");
        }
        if (bytes > 0) {
          compressor.decompress(packed, bytes, block, back);
          assertNear(block, raw, back, 0.12f);
        }
      }
    }
  }

  private static void assertNear(BlockLayout block, byte[] raw, byte[] back, float most) {
    int at = 0;
    for (int y = block.yMin(); y <= block.yMax(); y++) {
      for (ExrChannel channel : block.channels()) {
        String name = channel.name().substring(channel.name().lastIndexOf('.') + 1);
        boolean lossy =
            channel.type() != PixelType.UINT
                && List.of("R", "G", "B", "Y", "BY", "RY").contains(name);
        for (long i = 0; i < block.rowSamples(channel); i++, at += channel.type().bytes()) {
          if (lossy) {
            short[] curve =
                channel.perceptuallyLinear() ? DwaCurve.identity() : DwaCurve.fromLinear();
            float before = coded(raw, at, channel.type(), curve);
            float after = coded(back, at, channel.type(), curve);
            // The identity has values up to 65504, of which a half has 11 bits.
            float bound = most + Math.abs(before) / 64;
            assertTrue(
                Math.abs(before - after) <= bound || channel.perceptuallyLinear(),
                channel.name() + " at " + i + ", " + y + ": " + before + " became " + after);
          } else {
            for (int b = 0; b < channel.type().bytes(); b++) {
              assertEquals(raw[at + b], back[at + b], channel.name());
            }
          }
        }
      }
    }
  }

  private static float coded(byte[] raw, int at, PixelType type, short[] curve) {
    float sample =
        type == PixelType.HALF
            ? Float.float16ToFloat(LittleEndian.getShort(raw, at))
            : Float.intBitsToFloat(LittleEndian.getInt(raw, at));
    short half = Float.floatToFloat16(Math.clamp(sample, -65504, 65504));
    float coded = Float.float16ToFloat(curve[half & 0xffff]);
    return Float.isNaN(coded) ? 0 : Math.clamp(coded, -65504, 65504);
  }

  @Test
  void theCurvesAreInverse() {
    for (int bits = 1; bits < 0x7c00; bits++) {
      float linear = Float.float16ToFloat((short) bits);
      short coded = DwaCurve.fromLinear()[bits];
      float back = Float.float16ToFloat(DwaCurve.toLinear()[coded & 0xffff]);
      assertEquals(linear, back, Math.max(1e-6f, linear * 0.012f));
      assertEquals(
          coded & 0xffff ^ 0x8000, DwaCurve.fromLinear()[bits | 0x8000] & 0xffff, "mirrored");
    }
  }

  @Test
  void coefficientsChangeByNoMoreThanTheLevelAllows() {
    DwaQuantiser quantiser = new DwaQuantiser(45);
    for (int place = 0; place < 64; place++) {
      for (float value = -60; value < 60; value += 0.01f) {
        float half = Float.float16ToFloat(quantiser.half(value, place, false));
        // The least weight is 1, the greatest 12.1.
        assertEquals(value, half, 0.00045f * 12.1f + Math.abs(value) / 2048);
      }
    }
    assertEquals(0x7bff, new DwaQuantiser(0).half(1e9f, 0, false));
    assertEquals((short) 0xfbff, new DwaQuantiser(0).half(-1e9f, 0, true));
  }

  @ParameterizedTest
  @CsvSource({
    "ZIP,ZIP,-1",
    "zips:9,ZIPS,9",
    "none,NONE,-1",
    "Piz,PIZ,-1",
    "dwaa:0,DWAA,0",
    "DWAB:99.5,DWAB,99.5"
  })
  void packingsAreWrittenByName(String text, Compression compression, float level) {
    assertEquals(new Packing(compression, level), Packing.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "b44",
    "htj2k",
    "''",
    "zip:",
    "zip:0",
    "zip:10",
    "piz:1",
    "dwaa:-1",
    "dwaa:nan",
    "dwab:1e3",
    "rle:9"
  })
  void otherPackingsAreRefusedInOneLine(String text) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Packing.parse(text));
    assertEquals(1, String.valueOf(refused.getMessage()).lines().count(), refused::toString);
  }
}
