package stops.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import stops.engine.SampleType;
import stops.exr.Attribute;
import stops.exr.Box;
import stops.exr.ChunkGrid;
import stops.exr.ExrChunk;
import stops.exr.ExrHeader;
import stops.exr.ExrReader;
import stops.exr.LineOrder;
import stops.exr.SampleFile;
import stops.exr.codec.Compression;
import stops.exr.codec.ExrChannel;
import stops.exr.codec.ExrException;
import stops.exr.codec.PixelType;
import stops.image.Channel;
import stops.image.Domain;
import stops.image.ImageException;
import stops.image.ImageInfo;
import stops.image.ImageSource;
import stops.image.ImageTarget;
import stops.image.Part;
import stops.image.Plane;
import stops.image.Strip;
import stops.image.TargetLayout;
import stops.image.Window;

/** EXR files through the seam: strips in, strips out. */
class ExrFormatTest {
  private static final Box WINDOW = new Box(-10, -20, 89, 79); // 100 by 100
  private static final List<ExrChannel> CHANNELS =
      List.of(
          ExrChannel.of("A", PixelType.HALF),
          ExrChannel.of("R", PixelType.HALF),
          ExrChannel.of("Z", PixelType.FLOAT),
          ExrChannel.of("id", PixelType.UINT));

  private final ExrFormat format = new ExrFormat();

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = {"NONE", "RLE", "ZIPS", "ZIP"})
  void copyOfScanlinesIsTheSameFileButForTheNotes(Compression compression) throws Exception {
    assertCopies(List.of(scanlines(compression)), false);
  }

  @ParameterizedTest
  @CsvSource({"50, 16", "16, 8", "7, 37", "64, 64", "50, 5", "1, 1"})
  void stripsOfAnyShapeMakeAPicture(int stripWidth, int stripHeight) throws Exception {
    var strips =
        new TileSource(
            new Window(-3, 5, 46, 41),
            stripWidth,
            stripHeight,
            List.of(
                Channel.of("R", SampleType.FLOAT32),
                Channel.of("G", SampleType.FLOAT16),
                Channel.of("B", SampleType.FLOAT16)));
    Path file = folder.resolve("strips.exr");
    Pass.write(strips, new ExrFormat(), file, Pass.keep(strips));
    try (ImageSource source = Formats.open(file)) {
      double[][][] samples = Pass.samples(source);
      List<Channel> channels = source.info().parts().getFirst().channels();
      for (int y = 0; y < 37; y++) {
        for (int x = 0; x < 50; x++) {
          for (int c = 0; c < 3; c++) {
            String name = channels.get(c).name();
            assertEquals(TileSource.value(name, x, y), samples[y][x][c], name);
          }
        }
      }
    }
  }

  @Test
  void aRawFileWhoseOnlyRowIsLongBecomesAPicture() throws Exception {
    int samples = 3_000_001;
    ByteBuffer bytes = ByteBuffer.allocate(4 * samples).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < samples; i++) {
      bytes.putFloat(4 * i, i);
    }
    Path raw = Files.write(folder.resolve("long.raw"), bytes.array());
    Path file = folder.resolve("long.exr");
    try (ImageSource source =
        new RawFormat(SampleType.FLOAT32, ByteOrder.LITTLE_ENDIAN).open(raw)) {
      assertTrue(source.strips() > 1);
      Pass.write(source, new ExrFormat(), file, Pass.keep(source));
    }
    double[][][] row = Pass.samples(file);
    assertEquals(1, row.length);
    for (int i = 0; i < samples; i++) {
      assertEquals(i, row[0][i][0]);
    }
  }

  @Test
  void copyOfTilesOfAllLevelsIsTheSameFileButForTheNotes() throws Exception {
    for (int mode : List.of(0, 1, 2, 0x11, 0x12)) {
      assertCopies(List.of(tiled(mode)), false);
    }
  }

  @Test
  void copyOfSeveralPartsIsTheSameFileButForTheNotes() throws Exception {
    assertCopies(
        List.of(
            scanlines(Compression.ZIPS)
                .with(Attribute.ofString("name", "beauty"))
                .with(Attribute.ofString("type", "scanlineimage")),
            tiled(1)
                .with(Attribute.ofString("name", "depth"))
                .with(Attribute.ofString("type", "tiledimage"))),
        true);
  }

  @Test
  void copyOfSubsampledChannelsIsTheSameFileButForTheNotes() throws Exception {
    List<ExrChannel> channels =
        List.of(
            new ExrChannel("BY", PixelType.HALF, false, 2, 2),
            new ExrChannel("RY", PixelType.HALF, false, 2, 2),
            ExrChannel.of("Y", PixelType.HALF));
    assertCopies(List.of(ExrHeader.scanlines(WINDOW, WINDOW, channels, Compression.ZIP)), false);
  }

  @Test
  void stripsCoverEachPartFromTheTopInBandsOfEqualHeight() throws Exception {
    try (ImageSource source = format.open(file(List.of(scanlines(Compression.NONE)), false));
        Arena arena = Arena.ofConfined()) {
      long next = WINDOW.yMin();
      for (int i = 0; i < source.strips(); i++) {
        Strip strip = source.read(i, arena);
        assertEquals(next, strip.window().yMin());
        assertTrue(strip.window().height() % 16 == 0 || i == source.strips() - 1);
        next = strip.window().yMax() + 1L;
      }
      assertEquals(WINDOW.yMax() + 1L, next);
    }
  }

  /** Who writes chunks in another order than that of the file waits for the others. */
  @Test
  void stripsOfDecreasingOrderBeginWithTheLowest() throws Exception {
    ExrHeader header = scanlines(Compression.NONE).with(LineOrder.DECREASING_Y);
    Box window = new Box(0, 0, 1 << 13, 99);
    Path path = file(List.of(header.with(Attribute.ofBox("dataWindow", window))), false);
    try (ImageSource source = format.open(path);
        Arena arena = Arena.ofConfined()) {
      assertTrue(source.strips() > 3);
      long next = window.yMax();
      for (int i = 0; i < source.strips(); i++) {
        Strip strip = source.read(i, arena);
        assertEquals(next, strip.window().yMax());
        assertTrue(strip.window().height() % 16 == 0 || i == 0);
        next = strip.window().yMin() - 1L;
      }
      assertEquals(-1, next);
    }
  }

  @Test
  void tilesOfSmallerLevelsSayWhatTheyCoverOfTheFullPicture() throws Exception {
    try (ImageSource source = format.open(file(List.of(tiled(1)), false));
        Arena arena = Arena.ofConfined()) {
      Strip last = source.read(source.strips() - 1, arena);
      assertEquals(new Window(-10, -20, 53, 43), last.window()); // one pixel, halved six times
      assertEquals(1, last.planes().getFirst().count());
    }
  }

  @Test
  void exposureFileRemembersItsDomainAndOriginsAndForgetsThemOnTheWayBack() throws Exception {
    Path original = file(List.of(scanlines(Compression.ZIP)), false);
    Path exposure = folder.resolve("exposure.exr");
    Map<String, SampleType> origins = Map.of("R", SampleType.FLOAT16);
    convert(original, exposure, Domain.EXPOSURE, origins, 1.5);
    try (ImageSource source = format.open(exposure)) {
      assertEquals(Domain.EXPOSURE, source.info().domain());
      assertEquals(origins, source.info().origins());
      assertEquals("1.5", source.info().parts().getFirst().attributes().get("stopsGain"));
    }
    Path back = folder.resolve("back.exr");
    convert(exposure, back, Domain.INTENSITY, Map.of(), -1.5);
    try (ImageSource source = format.open(back)) {
      assertEquals(Domain.INTENSITY, source.info().domain());
      assertEquals(Map.of(), source.info().origins());
    }
    assertEquals(attributes(original), withoutNotes(attributes(back)));
    assertEquals(
        List.of("stopsVersion", "stopsDomain"),
        attributes(back).stream()
            .map(Attribute::name)
            .filter(name -> name.startsWith("stops"))
            .toList());
  }

  @Test
  void valuesThatOpenExrRefusesAreNotWritten() throws Exception {
    ExrHeader header =
        scanlines(Compression.ZIP)
            .with(LineOrder.RANDOM_Y)
            .with(Attribute.ofFloat("pixelAspectRatio", 0))
            .with(Attribute.ofFloat("screenWindowWidth", Float.NaN));
    Path written = folder.resolve("written.exr");
    List<String> notes =
        convert(file(List.of(header), false), written, Domain.EXPOSURE, Map.of(), 0);
    assertEquals(3, notes.size(), notes.toString());
    assertEquals(
        scanlines(Compression.ZIP)
            .withTypes(header(written).channels().stream().map(ExrChannel::type).toList())
            .attributes(),
        withoutNotes(attributes(written)));
  }

  @Test
  void compressionThatWouldLoseExposuresIsReplacedAndComesBackWithTheHalves() throws Exception {
    List<ExrChannel> halves = List.of(ExrChannel.of("Y", PixelType.HALF));
    ExrHeader header = ExrHeader.scanlines(WINDOW, WINDOW, halves, Compression.PXR24);
    Path original = file(List.of(header), false);
    Path exposure = folder.resolve("exposure.exr");
    List<String> notes = convert(original, exposure, Domain.EXPOSURE, Map.of(), 0);
    assertEquals(List.of("written with ZIP compression, because pxr24 loses precision"), notes);
    assertEquals(Compression.ZIP, header(exposure).compression());
    Path back = folder.resolve("back.exr");
    convert(exposure, back, Domain.INTENSITY, Map.of(), 0, SampleType.FLOAT16);
    assertEquals(Compression.PXR24, header(back).compression());
    assertEquals(attributes(original), withoutNotes(attributes(back)));
  }

  @Test
  void pictureOfAnotherFormatBecomesAnExrWithItsChannelsSortedByName() throws Exception {
    Path path = folder.resolve("new.exr");
    try (ImageSource source = new Gradient();
        ImageTarget target = format.create(path, source, layout(source, Domain.INTENSITY, 0))) {
      copy(source, target);
    }
    try (ExrReader reader = ExrReader.open(path)) {
      ExrHeader header = reader.parts().getFirst();
      assertEquals(
          List.of("B", "G", "R"), header.channels().stream().map(ExrChannel::name).toList());
      assertEquals(new Box(0, 0, Gradient.WIDTH - 1, Gradient.HEIGHT - 1), header.dataWindow());
      for (int i = 0; i < reader.grid(0).count(); i++) {
        try (ExrChunk chunk = reader.read(0, i)) {
          MemorySegment raw = MemorySegment.ofArray(chunk.raw());
          long at = 0;
          for (int y = chunk.layout().yMin(); y <= chunk.layout().yMax(); y++) {
            for (int channel : new int[] {2, 1, 0}) {
              for (int x = 0; x < Gradient.WIDTH; x++, at += 4) {
                assertEquals(
                    Gradient.sample(x, y, channel), raw.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at));
              }
            }
          }
        }
      }
    }
  }

  @Test
  void float64IsRefusedByName() throws Exception {
    try (ImageSource source = new Gradient()) {
      TargetLayout layout =
          new TargetLayout(
              Domain.INTENSITY,
              List.of(List.of(SampleType.FLOAT32, SampleType.FLOAT64, SampleType.FLOAT32)),
              Map.of(),
              0);
      ImageException e =
          assertThrows(
              ImageException.class, () -> format.create(folder.resolve("x.exr"), source, layout));
      assertEquals(ImageException.Side.OUTPUT, e.side());
      assertTrue(String.valueOf(e.getMessage()).contains("float64 samples, which channel G"));
    }
  }

  @Test
  void withoutCommitTheOldFileStays() throws Exception {
    Path path = Files.writeString(folder.resolve("old.exr"), "old");
    try (ImageSource source = new Gradient();
        ImageTarget target = format.create(path, source, layout(source, Domain.INTENSITY, 0));
        Arena arena = Arena.ofConfined()) {
      Strip strip = source.read(0, arena);
      target.write(target.prepare(strip, arena));
    }
    assertEquals("old", Files.readString(path));
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void damagedFileIsAnErrorOfTheInputThatSaysWhere() throws Exception {
    Path path = file(List.of(scanlines(Compression.ZIP)), false);
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(64), channel.size() - 100);
    }
    try (ImageSource source = format.open(path);
        Arena arena = Arena.ofConfined()) {
      ImageException e =
          assertThrows(ImageException.class, () -> source.read(source.strips() - 1, arena));
      assertEquals(ImageException.Side.INPUT, e.side());
      assertTrue(
          String.valueOf(e.getMessage()).startsWith(path + ": scanline 76: ZIP data "),
          e.getMessage());
    }
  }

  @Test
  void fileThatIsNotThereIsAnErrorOfTheInput() {
    ImageException e =
        assertThrows(ImageException.class, () -> format.open(folder.resolve("no.exr")));
    assertEquals(ImageException.Side.INPUT, e.side());
  }

  @Test
  void exrIsToldByItsFirstBytes() {
    assertTrue(format.recognises(ByteBuffer.wrap(new byte[] {0x76, 0x2f, 0x31, 1, 2})));
    assertEquals(false, format.recognises(ByteBuffer.wrap(new byte[] {0x76, 0x2f, 0x31})));
    assertEquals(false, format.recognises(ByteBuffer.wrap(new byte[] {0x76, 0x2f, 0x32, 1})));
  }

  private void assertCopies(List<ExrHeader> parts, boolean multiPart) throws Exception {
    Path original = file(parts, multiPart);
    Path copy = folder.resolve("copy.exr");
    convert(original, copy, Domain.INTENSITY, Map.of(), 0, null);
    try (ExrReader from = ExrReader.open(original);
        ExrReader to = ExrReader.open(copy)) {
      assertEquals(from.multiPart(), to.multiPart());
      for (int part = 0; part < from.parts().size(); part++) {
        assertEquals(
            from.parts().get(part).attributes(), withoutNotes(to.parts().get(part).attributes()));
        for (int i = 0; i < from.grid(part).count(); i++) {
          try (ExrChunk a = from.read(part, i);
              ExrChunk b = to.read(part, i)) {
            int bytes = (int) a.layout().bytes();
            assertEquals(ByteBuffer.wrap(a.raw(), 0, bytes), ByteBuffer.wrap(b.raw(), 0, bytes));
          }
        }
      }
    }
  }

  private List<String> convert(
      Path from, Path to, Domain domain, Map<String, SampleType> origins, double gain)
      throws Exception {
    return convert(
        from,
        to,
        domain,
        origins,
        gain,
        domain == Domain.EXPOSURE ? SampleType.FLOAT32 : SampleType.FLOAT16);
  }

  /** Samples stay as they are; where the type changes, they are not looked at. */
  private List<String> convert(
      Path from,
      Path to,
      Domain domain,
      Map<String, SampleType> origins,
      double gain,
      @Nullable SampleType light)
      throws Exception {
    try (ImageSource source = format.open(from)) {
      List<List<@Nullable SampleType>> types = new ArrayList<>();
      for (Part part : source.info().parts()) {
        List<@Nullable SampleType> list = new ArrayList<>();
        for (Channel channel : part.channels()) {
          boolean changes = light != null && List.of("R", "Y").contains(channel.name());
          list.add(changes ? light : channel.type());
        }
        types.add(list);
      }
      TargetLayout layout = new TargetLayout(domain, types, origins, gain);
      try (ImageTarget target = format.create(to, source, layout)) {
        copy(source, target);
        return target.notes();
      }
    }
  }

  private static void copy(ImageSource source, ImageTarget target) throws ImageException {
    for (int i = source.strips() - 1; i >= 0; i--) {
      try (Arena arena = Arena.ofConfined()) {
        Strip from = source.read(i, arena);
        Strip to = target.prepare(from, arena);
        for (int p = 0; p < from.planes().size(); p++) {
          MemorySegment read = from.planes().get(p).samples();
          MemorySegment written = to.planes().get(p).samples();
          long bytes = Math.min(read.byteSize(), written.byteSize());
          MemorySegment.copy(read, 0, written, 0, bytes);
        }
        target.write(to);
      }
    }
    target.commit();
  }

  private static TargetLayout layout(ImageSource source, Domain domain, double gain) {
    List<@Nullable SampleType> types = new ArrayList<>();
    source.info().parts().getFirst().channels().forEach(channel -> types.add(channel.type()));
    return new TargetLayout(domain, List.of(types), Map.of(), gain);
  }

  private static ExrHeader scanlines(Compression compression) throws ExrException {
    return ExrHeader.scanlines(WINDOW, new Box(0, 0, 9, 9), CHANNELS, compression)
        .with(Attribute.ofString("owner", "nobody"))
        .with(new Attribute("curious", "unheardOf", new byte[] {1, 0, 2}));
  }

  private static ExrHeader tiled(int mode) throws ExrException {
    List<Attribute> attributes = new ArrayList<>(scanlines(Compression.ZIP).attributes());
    attributes.add(
        new Attribute("tiles", "tiledesc", new byte[] {32, 0, 0, 0, 16, 0, 0, 0, (byte) mode}));
    return ExrHeader.of(attributes, true);
  }

  /** A file with some pattern in it. */
  private Path file(List<ExrHeader> parts, boolean multiPart) throws IOException, ExrException {
    Path path = folder.resolve("original.exr");
    SampleFile.write(
        path,
        parts,
        multiPart,
        SampleFile.ChunkOrder.INCREASING,
        (part, index) -> {
          byte[] pattern = new byte[(int) ChunkGrid.of(parts.get(part)).layout(index).bytes()];
          for (int b = 0; b < pattern.length; b++) {
            pattern[b] = (byte) (b * b >> 7 ^ index + part);
          }
          return pattern;
        });
    return path;
  }

  private static ExrHeader header(Path path) throws IOException, ExrException {
    try (ExrReader reader = ExrReader.open(path)) {
      return reader.parts().getFirst();
    }
  }

  private static List<Attribute> attributes(Path path) throws IOException, ExrException {
    return header(path).attributes();
  }

  private static List<Attribute> withoutNotes(List<Attribute> attributes) {
    return attributes.stream().filter(a -> !a.name().startsWith("stops")).toList();
  }

  /** A picture of another format: interleaved RGB float32. */
  private static final class Gradient implements ImageSource {
    static final int WIDTH = 37;
    static final int HEIGHT = 50;
    private static final int ROWS = 16;

    static float sample(int x, int y, int channel) {
      return x + 100 * y + 0.25f * channel;
    }

    @Override
    public ImageInfo info() {
      Window window = Window.ofSize(WIDTH, HEIGHT);
      List<Channel> channels =
          List.of(
              Channel.of("R", SampleType.FLOAT32),
              Channel.of("G", SampleType.FLOAT32),
              Channel.of("B", SampleType.FLOAT32));
      return new ImageInfo(
          "gradient",
          Domain.INTENSITY,
          List.of(new Part("", window, window, channels, "", Map.of())),
          Map.of());
    }

    @Override
    public int strips() {
      return (HEIGHT + ROWS - 1) / ROWS;
    }

    @Override
    public long stripBytes() {
      return 12L * WIDTH * ROWS;
    }

    @Override
    public Strip read(int index, SegmentAllocator memory) {
      int top = index * ROWS;
      int rows = Math.min(ROWS, HEIGHT - top);
      MemorySegment samples = memory.allocate(12L * WIDTH * rows, 4);
      long at = 0;
      for (int y = top; y < top + rows; y++) {
        for (int x = 0; x < WIDTH; x++) {
          for (int channel = 0; channel < 3; channel++, at += 4) {
            samples.set(ValueLayout.JAVA_FLOAT, at, sample(x, y, channel));
          }
        }
      }
      Window window = new Window(0, top, WIDTH - 1, top + rows - 1);
      Plane plane = new Plane(0, 3, samples, 3L * WIDTH * rows, 3L * WIDTH);
      return new Strip(index, 0, window, List.of(plane));
    }

    @Override
    public void close() {}
  }
}
