package stops.exr.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import stops.exr.Picture;

class RleCompressorTest {

  static List<Object[]> pictures() {
    return CompressorTest.pictures().map(arguments -> arguments.get()).toList();
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void keepsAllTypes(Picture picture, int[] size) throws Exception {
    BlockLayout block = CompressorTest.layout(size, CompressorTest.MIXED);
    byte[] raw = picture.samples(block, 5);
    byte[] packed = new byte[raw.length];
    try (RleCompressor compressor = new RleCompressor()) {
      int bytes = compressor.compress(raw, block, packed);
      assertTrue(bytes < raw.length);
      if (bytes > 0) {
        byte[] back = new byte[raw.length];
        compressor.decompress(Arrays.copyOf(packed, bytes + 3), bytes, block, back);
        assertArrayEquals(raw, back);
      }
    }
  }

  @Test
  void constantRowBecomesRunsOf128() throws Exception {
    BlockLayout block = new BlockLayout(0, 0, 299, 0, channels());
    byte[] packed = new byte[600];
    try (RleCompressor compressor = new RleCompressor()) {
      int bytes = compressor.compress(new byte[600], block, packed);
      // The first byte is 0. All others are the difference 0, plus 128.
      assertArrayEquals(
          new byte[] {-1, 0, 127, -128, 127, -128, 127, -128, 127, -128, 86, -128},
          Arrays.copyOf(packed, bytes));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "020100, RLE data ends early", // no byte follows the last count
    "fd0102, RLE data ends early", // two of three bytes
    "0201, RLE data ends early", // three of four bytes
    "0401, RLE data holds more than the block", // five
    "fb0102030405, RLE data holds more than the block"
  })
  void dataThatDoesNotFitIsRefused(String hex, String problem) {
    byte[] data = HexFormat.of().parseHex(hex);
    BlockLayout block = new BlockLayout(0, 0, 1, 0, channels());
    try (RleCompressor compressor = new RleCompressor()) {
      ExrException e =
          assertThrows(
              ExrException.class,
              () -> compressor.decompress(data, data.length, block, new byte[4]));
      assertEquals(problem, e.problem());
    }
  }

  private static List<ExrChannel> channels() {
    return List.of(ExrChannel.of("Y", PixelType.HALF));
  }
}
