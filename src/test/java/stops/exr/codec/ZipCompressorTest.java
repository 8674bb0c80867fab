package stops.exr.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import stops.exr.Picture;

class ZipCompressorTest {
  private static final BlockLayout BLOCK =
      new BlockLayout(0, 0, 63, 15, List.of(ExrChannel.of("Y", PixelType.HALF)));

  static List<Object[]> pictures() {
    return CompressorTest.pictures().map(arguments -> arguments.get()).toList();
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void keepsAllTypes(Picture picture, int[] size) throws Exception {
    BlockLayout block = CompressorTest.layout(size, CompressorTest.MIXED);
    byte[] raw = picture.samples(block, 5);
    byte[] packed = new byte[raw.length];
    try (ZipCompressor compressor = new ZipCompressor()) {
      int bytes = compressor.compress(raw, block, packed);
      assertTrue(bytes < raw.length);
      if (bytes > 0) {
        byte[] back = new byte[raw.length];
        compressor.decompress(Arrays.copyOf(packed, bytes + 3), bytes, block, back);
        assertArrayEquals(raw, back);
        compressor.check(packed, bytes, block);
      } else {
        assertTrue(picture == Picture.NOISE || raw.length < 200, "did not become smaller");
      }
    }
  }

  @Test
  void noiseStaysAsItIs() {
    byte[] raw = Picture.NOISE.samples(BLOCK, 1);
    try (ZipCompressor compressor = new ZipCompressor()) {
      assertEquals(-1, compressor.compress(raw, BLOCK, new byte[raw.length]));
    }
  }

  @Test
  void dataOfAnotherSizeIsRefused() throws Exception {
    byte[] raw = Picture.SMOOTH.samples(BLOCK, 1);
    byte[] packed = new byte[raw.length];
    BlockLayout lower = new BlockLayout(0, 0, 63, 14, BLOCK.channels());
    BlockLayout higher = new BlockLayout(0, 0, 63, 16, BLOCK.channels());
    try (ZipCompressor compressor = new ZipCompressor()) {
      int bytes = compressor.compress(raw, BLOCK, packed);
      byte[] back = new byte[2 * raw.length];
      assertRefused("ZIP data holds more than the block", compressor, packed, bytes, lower, back);
      assertRefused("ZIP data ends early", compressor, packed, bytes, higher, back);
      assertRefused("ZIP data ends early", compressor, packed, bytes - 1, BLOCK, back);
    }
  }

  private static void assertRefused(
      String problem,
      ZipCompressor compressor,
      byte[] packed,
      int bytes,
      BlockLayout block,
      byte[] back) {
    ExrException decompressing =
        assertThrows(ExrException.class, () -> compressor.decompress(packed, bytes, block, back));
    assertEquals(problem, decompressing.problem());
    ExrException checking =
        assertThrows(ExrException.class, () -> compressor.check(packed, bytes, block));
    assertEquals(problem, checking.problem());
  }
}
