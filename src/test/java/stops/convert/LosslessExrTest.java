package stops.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.cpu.ScalarEngine;
import stops.engine.Engine;
import stops.engine.ZeroPolicy;
import stops.engine.pool.EnginePool;
import stops.exr.Attribute;
import stops.exr.Box;
import stops.exr.ChunkGrid;
import stops.exr.ExrChunk;
import stops.exr.ExrHeader;
import stops.exr.ExrReader;
import stops.exr.OpenExrTools;
import stops.exr.SampleFile;
import stops.exr.codec.BlockLayout;
import stops.exr.codec.Compression;
import stops.exr.codec.ExrChannel;
import stops.exr.codec.ExrException;
import stops.exr.codec.PixelType;
import stops.format.Formats;
import stops.image.Domain;
import stops.image.MemoryBound;
import stops.strip.StripWorkers;

/**
 * Converts EXR files of every structure to exposure and back. According to OpenEXR's exrheader,
 * only Stops' own attributes are new in the headers, and only exposures have other sample types and
 * compressions. All samples are preserved except light that has no exposure.
 */
class LosslessExrTest {
  private static final Box WINDOW =
      new Box(0, 0, 255, 255); // One pixel for each bit pattern of a half.
  private static final List<ExrChannel> CHANNELS =
      List.of(
          ExrChannel.of("A", PixelType.HALF),
          ExrChannel.of("B", PixelType.HALF),
          ExrChannel.of("G", PixelType.HALF),
          ExrChannel.of("N.X", PixelType.HALF),
          ExrChannel.of("R", PixelType.HALF),
          ExrChannel.of("Z", PixelType.FLOAT),
          ExrChannel.of("id", PixelType.UINT));

  @TempDir Path folder = Path.of("");

  @Test
  void scanlines() throws Exception {
    for (Compression compression :
        List.of(Compression.NONE, Compression.RLE, Compression.ZIPS, Compression.ZIP)) {
      assertComesBack(List.of(ExrHeader.scanlines(WINDOW, WINDOW, CHANNELS, compression)), false);
    }
  }

  @Test
  void scanlinesOfPizAndOfPxr24WhichTheExposureDoesNotKeep() throws Exception {
    List<ExrChannel> halves = CHANNELS.subList(0, 5);
    for (Compression compression : List.of(Compression.PIZ, Compression.PXR24)) {
      assertComesBack(List.of(ExrHeader.scanlines(WINDOW, WINDOW, halves, compression)), false);
    }
  }

  @Test
  void scanlinesFromTheLowestUp() throws Exception {
    ExrHeader header = ExrHeader.scanlines(WINDOW, WINDOW, CHANNELS, Compression.ZIP);
    assertComesBack(
        List.of(header.with(new Attribute("lineOrder", "lineOrder", new byte[] {1}))), false);
  }

  @Test
  void windowWithNegativeCornersThatIsNotTheDisplayed() throws Exception {
    Box data = new Box(-100, -37, 20, 50);
    Box display = new Box(-7, 3, 1919, 1079);
    assertComesBack(List.of(ExrHeader.scanlines(data, display, CHANNELS, Compression.ZIP)), false);
  }

  @Test
  void tilesOfAllLevels() throws Exception {
    for (int mode : List.of(0, 1, 2, 0x11, 0x12)) {
      assertComesBack(List.of(tiled(new Box(-5, 9, 133, 80), new Box(0, 0, 99, 99), mode)), false);
    }
  }

  @Test
  void parts() throws Exception {
    ExrHeader beauty =
        ExrHeader.scanlines(new Box(3, 4, 99, 88), WINDOW, CHANNELS, Compression.ZIP)
            .with(Attribute.ofString("name", "beauty.left"))
            .with(Attribute.ofString("view", "left"))
            .with(Attribute.ofString("type", "scanlineimage"));
    ExrHeader depth =
        ExrHeader.scanlines(
                new Box(-3, -4, 60, 60),
                WINDOW,
                List.of(ExrChannel.of("Z", PixelType.FLOAT)),
                Compression.ZIPS)
            .with(Attribute.ofString("name", "depth"))
            .with(Attribute.ofString("type", "scanlineimage"));
    ExrHeader texture =
        tiled(new Box(0, 0, 70, 70), WINDOW, 1)
            .with(Attribute.ofString("name", "texture"))
            .with(Attribute.ofString("type", "tiledimage"));
    assertComesBack(List.of(beauty, depth, texture), true);
  }

  @Test
  void luminanceWithSubsampledChroma() throws Exception {
    List<ExrChannel> channels =
        List.of(
            new ExrChannel("BY", PixelType.HALF, true, 2, 2),
            new ExrChannel("RY", PixelType.HALF, true, 2, 2),
            ExrChannel.of("Y", PixelType.HALF));
    Box data = new Box(-20, -10, 79, 49);
    assertComesBack(List.of(ExrHeader.scanlines(data, WINDOW, channels, Compression.ZIP)), false);
  }

  @Test
  void attributesThatNobodyKnows() throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    byte[] unknown = new byte[1000];
    random.nextBytes(unknown);
    assertComesBack(
        List.of(
            ExrHeader.scanlines(new Box(0, 0, 9, 9), WINDOW, CHANNELS, Compression.ZIP)
                .with(new Attribute("studio.secret", "studioType", unknown))
                .with(new Attribute("nothing", "empty", new byte[0]))
                .with(Attribute.ofString("owner", "Zoë & Søn\nsecond line"))
                .with(new Attribute("capDate", "string", new byte[] {'1', (byte) 0xe9, '9'}))
                .with(Attribute.ofStrings("multiView", List.of("left", "right")))
                .with(new Attribute("chromaticities", "chromaticities", new byte[32]))
                .with(new Attribute("timeCode", "timecode", new byte[8]))
                .with(new Attribute("worldToCamera", "m44f", new byte[64]))
                .with(Attribute.ofDouble("exact", 0.1))),
        false);
  }

  @Test
  void longNames() throws Exception {
    List<ExrChannel> channels =
        List.of(
            ExrChannel.of("a".repeat(200) + ".G", PixelType.HALF),
            ExrChannel.of("a".repeat(200) + ".depth", PixelType.HALF));
    assertComesBack(
        List.of(
            ExrHeader.scanlines(new Box(0, 0, 255, 9), WINDOW, channels, Compression.ZIP)
                .with(Attribute.ofString("b".repeat(255), "value"))),
        false);
  }

  private static ExrHeader tiled(Box data, Box display, int mode) throws ExrException {
    ExrHeader plain = ExrHeader.scanlines(data, display, CHANNELS, Compression.ZIP);
    List<Attribute> attributes = new ArrayList<>(plain.attributes());
    byte[] tiles = {32, 0, 0, 0, 16, 0, 0, 0, (byte) mode};
    attributes.add(new Attribute("tiles", "tiledesc", tiles));
    return ExrHeader.of(attributes, true);
  }

  private void assertComesBack(List<ExrHeader> parts, boolean multiPart) throws Exception {
    Path original = folder.resolve("original.exr");
    Path exposure = folder.resolve("exposure.exr");
    Path back = folder.resolve("back.exr");
    write(original, parts, multiPart);
    convert(original, exposure, Domain.EXPOSURE);
    convert(exposure, back, Domain.INTENSITY);
    assertSameAttributes(original, back);
    assertSameSamples(original, back);
    OpenExrTools.require();
    List<String> before = header(original);
    assertEquals(before, header(back).stream().filter(LosslessExrTest::isNotOurs).toList());
    assertEquals(
        before.stream().map(LosslessExrTest::asExposure).toList(),
        header(exposure).stream()
            .filter(LosslessExrTest::isNotOurs)
            .map(LosslessExrTest::withAnyCompression)
            .toList());
  }

  private static void convert(Path from, Path to, Domain domain) throws Exception {
    try (Engine cpu = new ScalarEngine();
        EnginePool engines = EnginePool.of(cpu, cpu);
        StripWorkers workers = StripWorkers.converting(engines, 2, new MemoryBound(64L << 20))) {
      FileRequest request =
          new FileRequest(from, to, domain, null, 0, ZeroPolicy.INF, List.of(), false, 1);
      new FileConverter(engines, workers)
          .convert(request, Formats.of(from), Formats.of(from), (done, all) -> {});
    }
  }

  /**
   * The attributes that exrheader reports, one entry each of one or more lines, without the file's
   * name.
   */
  private static List<String> header(Path file) throws IOException, InterruptedException {
    List<String> entries = new ArrayList<>();
    for (String line : OpenExrTools.run(List.of("exrheader", file.toString())).split("\n", -1)) {
      if (line.startsWith("    ")) {
        entries.add(entries.removeLast() + "\n" + line);
      } else if (!line.contains(file.toString())) {
        entries.add(line);
      }
    }
    return entries;
  }

  private static boolean isNotOurs(String entry) {
    return !entry.startsWith("stops");
  }

  /** The entry that the exposure file must have instead, with the sample types of exposures. */
  private static String asExposure(String entry) {
    String any = withAnyCompression(entry);
    return entry.startsWith("channels ")
        ? any.replaceAll("(?m)^( +(?:.*\\.)?[RGBY], )16-bit", "$132-bit")
        : any;
  }

  /**
   * The entry without the compression, since an exposure has ZIP instead of a lossy compression.
   */
  private static String withAnyCompression(String entry) {
    return entry.startsWith("compression ") ? "compression" : entry;
  }

  private static void assertSameAttributes(Path a, Path b) throws IOException, ExrException {
    try (ExrReader before = ExrReader.open(a);
        ExrReader after = ExrReader.open(b)) {
      assertEquals(before.multiPart(), after.multiPart());
      assertEquals(before.parts().size(), after.parts().size());
      for (int part = 0; part < before.parts().size(); part++) {
        assertEquals(
            before.parts().get(part).attributes(),
            after.parts().get(part).attributes().stream()
                .filter(x -> isNotOurs(x.name()))
                .toList());
      }
    }
  }

  private static void assertSameSamples(Path a, Path b) throws IOException, ExrException {
    try (ExrReader before = ExrReader.open(a);
        ExrReader after = ExrReader.open(b)) {
      for (int part = 0; part < before.parts().size(); part++) {
        assertEquals(before.grid(part).count(), after.grid(part).count());
        for (int index = 0; index < before.grid(part).count(); index++) {
          try (ExrChunk was = before.read(part, index);
              ExrChunk is = after.read(part, index)) {
            assertSameSamples(was, is);
          }
        }
      }
    }
  }

  private static void assertSameSamples(ExrChunk was, ExrChunk is) {
    assertEquals(was.layout(), is.layout());
    ByteBuffer before = ByteBuffer.wrap(was.raw()).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer after = ByteBuffer.wrap(is.raw()).order(ByteOrder.LITTLE_ENDIAN);
    for (int y = was.layout().yMin(); y <= was.layout().yMax(); y++) {
      for (ExrChannel channel : was.layout().channels()) {
        if (!was.layout().hasRow(channel, y)) {
          continue;
        }
        boolean light = channel.name().matches("(.*\\.)?[RGBY]");
        for (long i = was.layout().rowSamples(channel); i > 0; i--) {
          if (channel.type() == PixelType.HALF) {
            short half = before.getShort();
            assertEquals(light ? back(half) : half, after.getShort(), channel.name());
          } else {
            assertEquals(before.getInt(), after.getInt(), channel.name());
          }
        }
      }
    }
  }

  /**
   * The half that a half of light becomes after both conversions. Only halves without an exposure
   * change.
   */
  private static short back(short half) {
    float value = Float.float16ToFloat(half);
    if (Float.isNaN(value)) {
      return (short) 0x7e00;
    }
    return half < 0 ? 0 : half;
  }

  /** Writes a file in which the halves of each channel run through all bit patterns. */
  private static void write(Path path, List<ExrHeader> parts, boolean multiPart)
      throws IOException, ExrException {
    List<ChunkGrid> grids = new ArrayList<>();
    for (ExrHeader part : parts) {
      grids.add(ChunkGrid.of(part));
    }
    SampleFile.write(
        path,
        parts,
        multiPart,
        SampleFile.ChunkOrder.INCREASING,
        (part, chunk) -> samples(grids.get(part).layout(chunk)));
  }

  private static byte[] samples(BlockLayout layout) {
    byte[] samples = new byte[(int) layout.bytes()];
    ByteBuffer raw = ByteBuffer.wrap(samples).order(ByteOrder.LITTLE_ENDIAN);
    for (int y = layout.yMin(); y <= layout.yMax(); y++) {
      for (ExrChannel channel : layout.channels()) {
        if (!layout.hasRow(channel, y)) {
          continue;
        }
        for (int x = 0; x < layout.rowSamples(channel); x++) {
          int pattern = (y << 8) + x;
          if (channel.type() == PixelType.HALF) {
            raw.putShort((short) pattern);
          } else {
            raw.putInt(pattern * 0x9e3779b1);
          }
        }
      }
    }
    return samples;
  }
}
