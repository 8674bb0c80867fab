package stops.exr.codec;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.provider.MethodSource;
import stops.exr.ChunkFile;
import stops.exr.Picture;

/**
 * Tests each compressor with arbitrary blocks. {@code ci/fuzz} uses them as seeds. A compressor is
 * reused from block to block, as for a file.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompressorFuzzTest {
  private final Map<Compression, Compressor> compressors = new EnumMap<>(Compression.class);

  /** Loads the shared tables, so that their memory does not count for a block. */
  @BeforeAll
  void loadTables() throws Exception {
    for (String name : List.of("piz.exr", "pxr24.exr", "b44.exr", "dwaa.exr")) {
      ChunkFile file = ChunkFile.read(CompressorTest.resource(name));
      try (Compressor compressor = Compressor.of(Packing.of(file.compression()))) {
        for (ChunkFile.Chunk chunk : file.chunks()) {
          chunk.raw(compressor);
        }
      }
    }
  }

  static List<byte[]> rle() {
    return packed(Compression.RLE);
  }

  @MethodSource
  @FuzzTest
  void rle(byte[] block) throws ExrException {
    unpack(Compression.RLE, block);
  }

  static List<byte[]> zip() {
    return packed(Compression.ZIP);
  }

  @MethodSource
  @FuzzTest
  void zip(byte[] block) throws ExrException {
    unpack(Compression.ZIP, block);
  }

  static List<byte[]> piz() {
    return packed(Compression.PIZ);
  }

  @MethodSource
  @FuzzTest
  void piz(byte[] block) throws ExrException {
    unpack(Compression.PIZ, block);
  }

  static List<byte[]> pxr24() {
    return packed(Compression.PXR24);
  }

  @MethodSource
  @FuzzTest
  void pxr24(byte[] block) throws ExrException {
    unpack(Compression.PXR24, block);
  }

  static List<byte[]> b44() throws Exception {
    return fromFiles("b44.exr", "b44a.exr");
  }

  @MethodSource
  @FuzzTest
  void b44(byte[] block) throws ExrException {
    unpack(Compression.B44, block);
  }

  static List<byte[]> dwa() throws Exception {
    return fromFiles("dwaa.exr", "dwab.exr");
  }

  @MethodSource
  @FuzzTest
  void dwa(byte[] block) throws ExrException {
    unpack(Compression.DWAA, block);
  }

  static List<byte[]> lossless() {
    List<byte[]> seeds = new ArrayList<>();
    for (Picture picture : Picture.values()) {
      BlockLayout block = UntrustedBlock.layout(1, 24, 16);
      seeds.add(UntrustedBlock.bytes(1, 24, 16, picture.samples(block, 1)));
    }
    return seeds;
  }

  @MethodSource
  @FuzzTest
  void lossless(byte[] samples) throws ExrException {
    UntrustedBlock block = UntrustedBlock.of(samples);
    if (block != null) {
      for (Compression each : List.of(Compression.RLE, Compression.ZIP, Compression.PIZ)) {
        block.assertComesBack(compressor(each));
      }
    }
  }

  @AfterAll
  void close() {
    compressors.values().forEach(Compressor::close);
  }

  private void unpack(Compression compression, byte[] bytes) throws ExrException {
    UntrustedBlock block = UntrustedBlock.of(bytes);
    if (block != null) {
      block.unpack(compressor(compression), compression.scratchBlocks());
      block.check(compressor(compression));
    }
  }

  private Compressor compressor(Compression compression) throws ExrException {
    Compressor compressor = compressors.get(compression);
    if (compressor == null) {
      compressor = Compressor.of(Packing.of(compression));
      compressors.put(compression, compressor);
    }
    return compressor;
  }

  private static List<byte[]> packed(Compression compression) {
    List<byte[]> seeds = new ArrayList<>();
    try (Compressor compressor = Compressor.of(Packing.of(compression))) {
      for (int channels = 0; channels < UntrustedBlock.kinds(); channels++) {
        for (Picture picture : Picture.values()) {
          BlockLayout block = UntrustedBlock.layout(channels, 20, 12);
          byte[] packed = new byte[(int) block.bytes()];
          int bytes = compressor.compress(picture.samples(block, 1), block, packed);
          if (bytes > 0) {
            seeds.add(UntrustedBlock.bytes(channels, 20, 12, Arrays.copyOf(packed, bytes)));
          }
        }
      }
    } catch (ExrException e) {
      throw new AssertionError(e);
    }
    return seeds;
  }

  /** The blocks of files in {@code exr/subsampled}, which OpenEXR packed. */
  private static List<byte[]> fromFiles(String... names) throws Exception {
    List<byte[]> seeds = new ArrayList<>();
    for (String name : names) {
      for (ChunkFile.Chunk chunk : ChunkFile.read(CompressorTest.resource(name)).chunks()) {
        BlockLayout block = chunk.block();
        seeds.add(
            UntrustedBlock.bytes(
                UntrustedBlock.SUBSAMPLED,
                (int) block.width(),
                (int) block.height(),
                chunk.packed()));
      }
    }
    return seeds;
  }
}
