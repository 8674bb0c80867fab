package stops.exr.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;
import stops.exr.ChunkFile;
import stops.exr.OpenExrTools;
import stops.exr.Picture;

/** The tests for every compressor. Subclasses choose the compressor. */
public abstract class CompressorTest {
  static final int[][] SIZES = {{1, 1}, {13, 7}, {207, 33}, {64, 300}};

  private static final List<ExrChannel> HALVES =
      Stream.of("A", "B", "G", "R").map(name -> ExrChannel.of(name, PixelType.HALF)).toList();

  private static final List<ExrChannel> FLOATS =
      Stream.of("B", "G", "R", "Z").map(name -> ExrChannel.of(name, PixelType.FLOAT)).toList();

  /**
   * Layers, luminance with chroma, and integers. Some channels have the pLinear flag clear, some
   * set.
   */
  public static final List<ExrChannel> MIXED =
      List.of(
          ExrChannel.of("A", PixelType.HALF),
          ExrChannel.of("B", PixelType.HALF),
          ExrChannel.of("BY", PixelType.HALF),
          ExrChannel.of("G", PixelType.FLOAT),
          ExrChannel.of("R", PixelType.HALF),
          new ExrChannel("RY", PixelType.HALF, true, 1, 1),
          new ExrChannel("Y", PixelType.HALF, true, 1, 1),
          ExrChannel.of("Z", PixelType.FLOAT),
          ExrChannel.of("id", PixelType.UINT),
          ExrChannel.of("key.A", PixelType.UINT),
          ExrChannel.of("key.B", PixelType.HALF),
          ExrChannel.of("key.G", PixelType.HALF),
          ExrChannel.of("key.R", PixelType.HALF),
          ExrChannel.of("mask.A", PixelType.FLOAT));

  @TempDir Path folder;

  abstract Compression compression();

  abstract Compressor compressor();

  /** Skips comparisons on machines where OpenEXR's arithmetic differs. */
  void assumeSameArithmetic() {}

  /** Replaces samples that may differ between two decodings of a block by fixed ones. */
  void forgive(BlockLayout block, byte[] raw) {}

  static Stream<Arguments> pictures() {
    return Stream.of(Picture.values())
        .flatMap(picture -> Arrays.stream(SIZES).map(size -> Arguments.of(picture, size)));
  }

  static BlockLayout layout(int[] size, List<ExrChannel> channels) {
    return new BlockLayout(-3, 5, size[0] - 4, size[1] + 4, channels);
  }

  @Test
  void decodesScanlinesAsOpenExrDoes() throws Exception {
    OpenExrTools.require();
    assumeSameArithmetic();
    List<Path> made = new ArrayList<>();
    for (Picture picture : Picture.values()) {
      for (int[] size : SIZES) {
        made.add(make(picture, layout(size, HALVES), "half"));
        made.add(make(picture, layout(size, FLOATS), "float"));
      }
    }
    List<Path> packed = OpenExrTools.recompress(made, "packed", compression());
    List<Path> plain = OpenExrTools.recompress(packed, "plain", Compression.NONE);
    for (int i = 0; i < made.size(); i++) {
      assertDecodesAlike(packed.get(i), plain.get(i));
    }
  }

  @Test
  void decodesTilesOfMixedChannelsAsOpenExrDoes() throws Exception {
    OpenExrTools.require();
    assumeSameArithmetic();
    for (Picture picture : Picture.values()) {
      for (int[] size : SIZES) {
        Path made = make(picture, layout(size, MIXED), "mixed");
        Path packed = OpenExrTools.makeTiled(made, "packed", compression(), 48, 20);
        Path plain = OpenExrTools.makeTiled(packed, "plain", Compression.NONE, 48, 20);
        assertDecodesAlike(packed, plain);
      }
    }
  }

  private Path make(Picture picture, BlockLayout block, String what) throws IOException {
    String name = picture + "-" + what + "-" + block.width() + "x" + block.height() + ".exr";
    Path file = folder.resolve(name);
    ChunkFile.write(file, block, picture.samples(block, 1));
    return file;
  }

  @Test
  void decodesSubsampledChannelsAsOpenExrDoes() throws Exception {
    String name = compression() + ".exr";
    assertDecodesAlike(resource(name), resource("decoded-" + name));
  }

  static Path resource(String name) throws Exception {
    return Path.of(CompressorTest.class.getResource("/exr/subsampled/" + name).toURI());
  }

  void assertDecodesAlike(Path packed, Path plain) throws IOException, ExrException {
    ChunkFile file = ChunkFile.read(packed);
    assertEquals(compression(), file.compression());
    try (Compressor compressor = compressor()) {
      byte[] expected = samples(ChunkFile.read(plain), compressor);
      assertArrayEquals(expected, samples(file, compressor), packed.getFileName().toString());
    }
  }

  /** The samples of all chunks, concatenated. */
  private byte[] samples(ChunkFile file, Compressor compressor) throws ExrException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (ChunkFile.Chunk chunk : file.chunks()) {
      byte[] raw = chunk.raw(compressor);
      forgive(chunk.block(), raw);
      out.writeBytes(raw);
    }
    return out.toByteArray();
  }

  @Test
  void damageIsAnExrExceptionAndACheckRefusesNothingElse() throws Exception {
    ChunkFile file = ChunkFile.read(resource(compression() + ".exr"));
    SplittableRandom random = new SplittableRandom(3);
    int refused = 0;
    try (Compressor compressor = compressor()) {
      for (int i = 0; i < 5_000; i++) {
        ChunkFile.Chunk chunk = file.chunks().get(random.nextInt(file.chunks().size()));
        ChunkFile.Chunk damaged =
            new ChunkFile.Chunk(chunk.block(), damaged(chunk.packed(), random));
        boolean passes = passes(compressor, damaged);
        if (!damaged.raw() && decodes(compressor, damaged)) {
          assertTrue(passes, "refused what can be decoded");
        } else {
          refused++;
        }
      }
    }
    assertTrue(refused > 500, refused + " refused");
  }

  private static boolean passes(Compressor compressor, ChunkFile.Chunk chunk) {
    try {
      compressor.check(chunk.packed(), chunk.packed().length, chunk.block());
      return true;
    } catch (ExrException e) {
      return false;
    }
  }

  private static boolean decodes(Compressor compressor, ChunkFile.Chunk chunk) {
    try {
      return chunk.raw(compressor).length == chunk.block().bytes();
    } catch (ExrException e) {
      return false;
    }
  }

  private static byte[] damaged(byte[] packed, SplittableRandom random) {
    byte[] damaged = packed.clone();
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      int at =
          random.nextInt(random.nextBoolean() ? damaged.length : Math.min(100, damaged.length));
      damaged[at] =
          (byte) (random.nextBoolean() ? damaged[at] ^ 1 << random.nextInt(8) : random.nextInt());
    }
    return random.nextInt(4) == 0
        ? Arrays.copyOf(damaged, 1 + random.nextInt(damaged.length))
        : damaged;
  }
}
