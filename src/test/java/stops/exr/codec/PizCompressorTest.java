package stops.exr.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import stops.exr.ChunkFile;
import stops.exr.Picture;

class PizCompressorTest extends CompressorTest {
  @Override
  Compression compression() {
    return Compression.PIZ;
  }

  @Override
  Compressor compressor() {
    return new PizCompressor();
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void keepsAllTypes(Picture picture, int[] size) throws Exception {
    BlockLayout block = layout(size, MIXED);
    byte[] raw = picture.samples(block, 5);
    byte[] before = raw.clone();
    byte[] packed = new byte[raw.length];
    try (Compressor compressor = compressor()) {
      int bytes = compressor.compress(raw, block, packed);
      assertArrayEquals(before, raw);
      assertTrue(bytes < raw.length);
      if (picture != Picture.NOISE && size[0] * size[1] > 1000) {
        assertTrue(bytes > 0, "did not become smaller");
      }
      if (bytes > 0) {
        byte[] back = new byte[raw.length];
        compressor.decompress(Arrays.copyOf(packed, bytes + 3), bytes, block, back);
        assertArrayEquals(before, back);
      }
    }
  }

  @Test
  void packsTheSameBytesAsOpenExr() throws Exception {
    try (Compressor compressor = compressor()) {
      for (ChunkFile.Chunk chunk : ChunkFile.read(resource("piz.exr")).chunks()) {
        byte[] packed = new byte[(int) chunk.block().bytes()];
        int bytes = compressor.compress(chunk.raw(compressor), chunk.block(), packed);
        assertEquals(chunk.raw() ? -1 : chunk.packed().length, bytes);
        if (!chunk.raw()) {
          assertArrayEquals(chunk.packed(), Arrays.copyOf(packed, bytes));
        }
      }
    }
  }
}
