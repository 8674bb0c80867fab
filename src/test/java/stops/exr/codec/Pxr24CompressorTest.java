package stops.exr.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import stops.exr.Picture;
import stops.exr.deflate.LittleEndian;

class Pxr24CompressorTest extends CompressorTest {
  @Override
  Compression compression() {
    return Compression.PXR24;
  }

  @Override
  Compressor compressor() {
    return new Pxr24Compressor();
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void keepsHalvesAndIntegers(Picture picture, int[] size) throws Exception {
    List<ExrChannel> channels =
        MIXED.stream().filter(channel -> channel.type() != PixelType.FLOAT).toList();
    BlockLayout block = layout(size, channels);
    byte[] raw = picture.samples(block, 4);
    assertArrayEquals(raw, packedAndUnpacked(raw, block));
  }

  @Test
  void keepsTheLeftmost24BitsOfFloats() throws Exception {
    BlockLayout block = layout(new int[] {207, 33}, List.of(ExrChannel.of("Z", PixelType.FLOAT)));
    byte[] raw = Picture.SMOOTH.samples(block, 4);
    byte[] back = packedAndUnpacked(raw, block);
    for (int at = 0; at < raw.length; at += Float.BYTES) {
      int kept = Pxr24Compressor.leftmost24(LittleEndian.getInt(raw, at)) << 8;
      assertEquals(kept, LittleEndian.getInt(back, at));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "3f800000, 3f8000", "3f80007f, 3f8000", "3f800080, 3f8001", "bf800080, bf8001",
    "7f7fffff, 7f7fff", "7f800000, 7f8000", "7f800001, 7f8001", "ffffffff, ffffff",
    "80000000, 800000", "00000001, 000000", "000000ff, 000001", "3fffffff, 400000"
  })
  void roundsFloatsButKeepsThemFiniteAndNansNans(String bits, String kept) {
    int expected = Integer.parseUnsignedInt(kept, 16);
    assertEquals(expected, Pxr24Compressor.leftmost24(Integer.parseUnsignedInt(bits, 16)));
  }

  private static byte[] packedAndUnpacked(byte[] raw, BlockLayout block) throws ExrException {
    try (Compressor compressor = new Pxr24Compressor()) {
      byte[] packed = new byte[raw.length];
      byte[] before = raw.clone();
      int bytes = compressor.compress(raw, block, packed);
      assertArrayEquals(before, raw);
      if (bytes < 0) {
        return raw;
      }
      assertTrue(bytes < raw.length);
      byte[] back = new byte[raw.length];
      compressor.decompress(Arrays.copyOf(packed, bytes + 3), bytes, block, back);
      return back;
    }
  }
}
