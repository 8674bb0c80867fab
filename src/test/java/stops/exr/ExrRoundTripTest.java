package stops.exr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import stops.exr.codec.Compression;
import stops.exr.codec.ExrChannel;
import stops.exr.codec.ExrException;
import stops.exr.codec.PixelType;

/** Written samples are read back bit for bit. */
class ExrRoundTripTest {
  private static final List<ExrChannel> ALL_TYPES =
      List.of(
          ExrChannel.of("A", PixelType.FLOAT),
          ExrChannel.of("R", PixelType.HALF),
          ExrChannel.of("id", PixelType.UINT));
  private static final Box AWKWARD = new Box(-7, -13, 33, 37);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = {"NONE", "RLE", "ZIPS", "ZIP"})
  void everySampleTypeComesBackFromAWindowWithNegativeCorners(Compression compression)
      throws Exception {
    assertComesBack(ExrHeader.scanlines(AWKWARD, new Box(0, 0, 9, 9), ALL_TYPES, compression));
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "RLE", "ZIPS", "ZIP"})
  void aSinglePixelComesBack(Compression compression) throws Exception {
    Box pixel = new Box(5, 5, 5, 5);
    assertComesBack(ExrHeader.scanlines(pixel, pixel, ALL_TYPES, compression));
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "RLE", "ZIPS", "ZIP"})
  void subsampledChannelsComeBack(Compression compression) throws Exception {
    List<ExrChannel> channels =
        List.of(
            new ExrChannel("BY", PixelType.HALF, false, 2, 2),
            new ExrChannel("RY", PixelType.HALF, true, 3, 6),
            ExrChannel.of("Y", PixelType.HALF));
    Box window = new Box(-6, -6, 29, 35);
    assertComesBack(ExrHeader.scanlines(window, window, channels, compression));
  }

  @ParameterizedTest
  @EnumSource
  void theFileIsTheSameInWhateverOrderChunksCome(SampleFile.ChunkOrder order) throws Exception {
    ExrHeader header = ExrHeader.scanlines(AWKWARD, AWKWARD, ALL_TYPES, Compression.ZIPS);
    Path inOrder = folder.resolve("order.exr");
    SampleFile.write(inOrder, header);
    Path other = folder.resolve("other.exr");
    SampleFile.write(other, List.of(header), false, order);
    assertEquals(-1, Files.mismatch(inOrder, other));
  }

  @Test
  void attributesStayByteForByteInOrder() throws Exception {
    ExrHeader header =
        ExrHeader.scanlines(AWKWARD, AWKWARD, ALL_TYPES, Compression.ZIP)
            .with(new Attribute("zebra", "unheard-of", new byte[] {1, 2, 0, -1}))
            .with(Attribute.ofString("aardvark", "Ä\n"))
            .with(Attribute.ofStrings("multiView", List.of("left", "right")))
            .with(Attribute.ofDouble("d", 0.1));
    Path path = folder.resolve("a.exr");
    SampleFile.write(path, header);
    try (ExrReader reader = ExrReader.open(path)) {
      assertEquals(header.attributes(), reader.parts().getFirst().attributes());
    }
  }

  private void assertComesBack(ExrHeader header) throws IOException, ExrException {
    Path path = folder.resolve("a.exr");
    SampleFile.write(path, header);
    try (ExrReader reader = ExrReader.open(path)) {
      assertEquals(header.channels(), reader.parts().getFirst().channels());
      ChunkGrid grid = reader.grid(0);
      for (int chunk = 0; chunk < grid.count(); chunk++) {
        assertArrayEquals(
            SampleFile.samples(grid.layout(chunk), 0), SampleFile.read(reader, 0, chunk));
      }
    }
  }
}
