package stops.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stops.convert.FileConverter;
import stops.convert.FileProgress;
import stops.convert.FileRequest;
import stops.cpu.ScalarEngine;
import stops.engine.Engine;
import stops.engine.SampleType;
import stops.engine.ZeroPolicy;
import stops.engine.pool.EnginePool;
import stops.exr.OpenExrTools;
import stops.format.ExrFormat;
import stops.format.Formats;
import stops.format.RawFormat;
import stops.image.Domain;
import stops.image.ImageException;
import stops.image.ImageFormat;
import stops.image.ImageSource;
import stops.image.MemoryBound;
import stops.image.Window;
import stops.stats.ChannelStatistics.Exposures;
import stops.stats.ChannelStatistics.Intensities;
import stops.stats.ChannelStatistics.Meaning;
import stops.strip.StripWorkers;

class FileStatisticsTest {
  private static final Path DESK = Path.of("src/main/examples/desk.exr");
  private static final RawFormat RAW = new RawFormat(SampleType.FLOAT32, ByteOrder.LITTLE_ENDIAN);

  @TempDir Path folder = Path.of("");

  private static FileStatistics found(StatisticsRequest request, ImageFormat format)
      throws Exception {
    try (ImageSource source = format.open(request.input());
        StripWorkers workers = StripWorkers.reading(2, MemoryBound.DEFAULT)) {
      return FileStatistics.of(request, source, workers, FileProgress.NONE);
    }
  }

  private static List<ChannelStatistics> statistics(Path file, ImageFormat format)
      throws Exception {
    return found(StatisticsRequest.of(file), format).channels();
  }

  private static Intensities linear(ChannelStatistics found) {
    return Objects.requireNonNull(found.intensities());
  }

  private static Exposures stops(ChannelStatistics found) {
    return Objects.requireNonNull(found.exposures());
  }

  private ChannelStatistics ofFloats(float... values) throws Exception {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    Path file = Files.write(folder.resolve("values.raw"), bytes.array());
    return statistics(file, RAW).getFirst();
  }

  private Path converted(Path input, String name, ImageFormat format, List<String> channels)
      throws Exception {
    Path output = folder.resolve(name);
    try (Engine cpu = new ScalarEngine();
        EnginePool engines = EnginePool.of(cpu, cpu);
        StripWorkers workers = StripWorkers.converting(engines, 2, MemoryBound.DEFAULT)) {
      FileRequest request =
          new FileRequest(
              input, output, Domain.EXPOSURE, null, 0, ZeroPolicy.INF, channels, false, 1);
      var unused =
          new FileConverter(engines, workers)
              .convert(request, Formats.of(input), format, (done, all) -> {});
    }
    return output;
  }

  @Test
  void intensitiesHaveARangeInStopsOfThosePositive() throws Exception {
    float inf = Float.POSITIVE_INFINITY;
    ChannelStatistics found = ofFloats(0.25f, 8, 0, -0f, -3, -inf, inf, inf, Float.NaN, 1, 0.25f);
    assertEquals(Meaning.INTENSITY, found.meaning());
    assertEquals(11, found.samples());
    assertEquals(-3, linear(found).minimumIntensity());
    assertEquals(8, linear(found).maximumIntensity());
    assertEquals((0.25 + 8 - 3 + 1 + 0.25) / 7, linear(found).arithmeticMeanIntensity());
    assertEquals(4, stops(found).samplesAboveZero());
    assertEquals(-2, stops(found).minimumStops());
    assertEquals(3, stops(found).maximumStops());
    assertEquals(-0.25, stops(found).geometricMeanStops());
    assertEquals(Map.of(-2.0, 2L, 0.0, 1L, 3.0, 1L), stops(found).histogramStops());
    assertEquals(2, found.zero());
    assertEquals(2, found.negative());
    assertEquals(2, found.infinite());
    assertEquals(1, found.nan());
  }

  @Test
  void channelWithoutLightHasNoStops() throws Exception {
    ChannelStatistics black = ofFloats(0, 0, -1);
    assertEquals(-1, linear(black).minimumIntensity());
    assertEquals(0, linear(black).maximumIntensity());
    assertNull(black.exposures());
    ChannelStatistics nothing = ofFloats(Float.NaN);
    assertNull(nothing.intensities());
    assertNull(nothing.exposures());
  }

  @Test
  void exposureFileTellsTheSameOfItsLight() throws Exception {
    List<ChannelStatistics> before = statistics(DESK, new ExrFormat());
    Path exposures = converted(DESK, "desk.exr", new ExrFormat(), List.of());
    List<ChannelStatistics> after = statistics(exposures, new ExrFormat());
    assertEquals(before.size(), after.size());
    for (int c = 0; c < before.size(); c++) {
      ChannelStatistics light = before.get(c);
      ChannelStatistics stops = after.get(c);
      assertEquals(Meaning.EXPOSURE, stops.meaning());
      assertEquals(light.samples(), stops.samples());
      assertEquals(light.zero(), stops.zero());
      assertEquals(light.nan(), stops.nan());
      // A negative intensity has become the least exposure there is.
      double least = light.negative() > 0 ? -1073 : stops(light).minimumStops();
      assertEquals(least, stops(stops).minimumStops(), 1e-6);
      assertEquals(stops(light).maximumStops(), stops(stops).maximumStops(), 1e-6);
      assertEquals(linear(light).maximumIntensity(), linear(stops).maximumIntensity(), 1e-4);
      if (light.negative() == 0) {
        assertEquals(stops(light).geometricMeanStops(), stops(stops).geometricMeanStops(), 1e-7);
        assertEquals(
            linear(light).arithmeticMeanIntensity(),
            linear(stops).arithmeticMeanIntensity(),
            1e-6 * linear(light).arithmeticMeanIntensity());
      }
    }
    assertTrue(before.stream().anyMatch(c -> c.negative() > 0), "no negative sample in the test");
  }

  @Test
  void blackOfAnExposureFileIsMinusInfinity() throws Exception {
    Path npy = folder.resolve("light.npy");
    writeNpy(npy, 0, 4, 0, 2);
    Path exposures = converted(npy, "stops.npy", Formats.of(npy), List.of());
    ChannelStatistics found = statistics(exposures, Formats.of(exposures)).getFirst();
    assertEquals(Meaning.EXPOSURE, found.meaning());
    assertEquals(2, found.zero());
    assertEquals(0, linear(found).minimumIntensity());
    assertEquals(4, linear(found).maximumIntensity());
    assertEquals(1.5, linear(found).arithmeticMeanIntensity(), 1e-8);
    assertEquals(1, stops(found).minimumStops());
    assertEquals(2, stops(found).maximumStops());
    assertEquals(1.5, stops(found).geometricMeanStops());
  }

  private static void writeNpy(Path file, float... values) throws Exception {
    ByteBuffer bytes = ByteBuffer.allocate(128 + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    String text =
        String.format(
            Locale.ROOT,
            "{'descr': '<f4', 'fortran_order': False, 'shape': (1, %d), }",
            values.length);
    bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    bytes.put((byte) 1).put((byte) 0).putShort((short) 118);
    bytes.put((text + " ".repeat(117 - text.length()) + "\n").getBytes(StandardCharsets.US_ASCII));
    for (float value : values) {
      bytes.putFloat(value);
    }
    Files.write(file, bytes.array());
  }

  @Test
  void channelsThatWereNotConvertedAreNoExposures() throws Exception {
    Path exposures = converted(DESK, "g.exr", new ExrFormat(), List.of("G"));
    List<ChannelStatistics> after = statistics(exposures, new ExrFormat());
    assertEquals(
        List.of(Meaning.INTENSITY, Meaning.EXPOSURE, Meaning.INTENSITY),
        after.stream().map(ChannelStatistics::meaning).toList());
  }

  @Test
  void damagedFileIsAnError() throws Exception {
    byte[] bytes = Files.readAllBytes(DESK);
    Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 4000, (byte) 0);
    Path damaged = Files.write(folder.resolve("damaged.exr"), bytes);
    ImageException e =
        assertThrows(ImageException.class, () -> statistics(damaged, new ExrFormat()));
    assertEquals(ImageException.Side.INPUT, e.side());
  }

  private Path oiio(String name, String... words) throws Exception {
    OpenExrTools.require();
    List<String> command = new ArrayList<>(List.of("oiiotool"));
    command.addAll(List.of(words));
    Path file = folder.resolve(name);
    command.addAll(List.of("-o", file.toString()));
    OpenExrTools.run(command);
    return file;
  }

  private static FileStatistics region(Path file, int xMin, int yMin, int xMax, int yMax)
      throws Exception {
    Window region = new Window(xMin, yMin, xMax, yMax);
    StatisticsRequest request =
        new StatisticsRequest(
            file, null, List.of(), List.of(), region, StatisticsRequest.USUAL_PERCENTS, false);
    return found(request, Formats.of(file));
  }

  /** What another program cuts out has the statistics of the region. */
  @ParameterizedTest
  @ValueSource(strings = {"--scanline", "--tile 32 32"})
  void regionIsWhatOiiotoolCutsOut(String storage) throws Exception {
    Path plain = oiio("plain.exr", DESK.toString(), "--origin", "+0+0", "--fullpixels");
    List<String> words = new ArrayList<>(List.of(plain.toString()));
    words.addAll(List.of(storage.split(" ", -1)));
    Path whole = oiio("whole.exr", words.toArray(String[]::new));
    int[][] regions = {{0, 0, 239, 325}, {10, 20, 10, 20}, {100, 5, 131, 290}, {0, 325, 239, 325}};
    for (int[] r : regions) {
      String cut =
          String.format(Locale.ROOT, "%dx%d+%d+%d", r[2] - r[0] + 1, r[3] - r[1] + 1, r[0], r[1]);
      Path part = oiio("part.exr", plain.toString(), "--crop", cut);
      FileStatistics found = region(whole, r[0], r[1], r[2], r[3]);
      assertEquals(statistics(part, new ExrFormat()), found.channels(), cut);
      assertEquals(List.of(), found.notes());
      // A format with interleaved channels.
      Path tif = oiio("whole.tif", plain.toString(), "--ch", "R,G,B", "-d", "float");
      Path tifPart =
          oiio("part.tif", plain.toString(), "--ch", "R,G,B", "--cut", cut, "-d", "float");
      assertEquals(
          statistics(tifPart, Formats.of(tifPart)),
          region(tif, r[0], r[1], r[2], r[3]).channels(),
          cut);
    }
  }

  @Test
  void regionIsInTheCoordinatesOfTheWindowsAndIsClipped() throws Exception {
    Path plain = oiio("plain.exr", DESK.toString(), "--origin", "+0+0", "--fullpixels");
    Path moved = oiio("moved.exr", plain.toString(), "--origin", "-100+50");
    FileStatistics inside = region(moved, -100, 50, -91, 59);
    assertEquals(100, inside.channels().getFirst().samples());
    assertEquals(region(plain, 0, 0, 9, 9).channels(), inside.channels());
    FileStatistics clipped = region(moved, -200, 0, -91, 59);
    assertEquals(inside.channels(), clipped.channels());
    assertEquals(1, clipped.notes().size());
    assertTrue(clipped.notes().getFirst().contains("outside the data window"));
    ImageException outside = assertThrows(ImageException.class, () -> region(moved, 0, 0, -1, 9));
    assertTrue((outside + "").contains("has no pixel in the region"), outside + "");
    outside = assertThrows(ImageException.class, () -> region(moved, 300, 0, 400, 9));
    assertTrue((outside + "").contains("has no pixel in the region"), outside + "");
  }

  @Test
  void smallerLevelsAreNotCounted() throws Exception {
    OpenExrTools.require();
    Path levels = folder.resolve("levels.exr");
    OpenExrTools.run(
        List.of("exrmaketiled", "-m", "-t", "64", "64", DESK.toString(), levels.toString()));
    assertEquals(statistics(DESK, new ExrFormat()), statistics(levels, new ExrFormat()));
  }

  @Test
  void channelsAreChosenByName() throws Exception {
    Path file =
        oiio(
            "named.exr",
            "--pattern",
            "constant:color=4,2,0.5,-1",
            "8x8",
            "4",
            "--chnames",
            "R,G,mask.X,A",
            "-d",
            "float");
    assertEquals(
        List.of("A value", "G intensity", "R intensity", "mask.X value"),
        named(statistics(file, new ExrFormat())));
    assertEquals(
        List.of("mask.X intensity"),
        named(chosen(file, null, List.of("mask.*"), List.of()).channels()));
    assertEquals(
        List.of("G intensity", "mask.X value"),
        named(chosen(file, null, List.of(), List.of("A", "R")).channels()));
    assertEquals(
        List.of("R exposure"),
        named(chosen(file, Domain.EXPOSURE, List.of("R"), List.of()).channels()));
    assertThrows(ImageException.class, () -> chosen(file, null, List.of("Q"), List.of()));
    assertThrows(ImageException.class, () -> chosen(file, null, List.of(), List.of("Q")));
    assertThrows(ImageException.class, () -> chosen(file, null, List.of(), List.of("*")));
  }

  private static FileStatistics chosen(
      Path file, @Nullable Domain from, List<String> channels, List<String> exclude)
      throws Exception {
    return found(
        new StatisticsRequest(file, from, channels, exclude, null, List.of(50.0), false),
        new ExrFormat());
  }

  private static List<String> named(List<ChannelStatistics> found) {
    return found.stream().map(each -> each.channel() + " " + each.meaning()).toList();
  }

  @Test
  void sameBitsForAnyNumberOfThreadsAndLittleMemory() throws Exception {
    Path large = oiio("large.exr", DESK.toString(), "--resize", "1600x1200", "-d", "float");
    List<ChannelStatistics> expected = statistics(large, new ExrFormat());
    for (int threads : new int[] {1, 2, 7}) {
      MemoryBound memory = new MemoryBound(64L << 20);
      try (ImageSource source = new ExrFormat().open(large, memory);
          StripWorkers workers = StripWorkers.reading(threads, memory)) {
        assertEquals(
            expected,
            FileStatistics.of(StatisticsRequest.of(large), source, workers, FileProgress.NONE)
                .channels());
      }
    }
  }

  @Test
  void countsThatNeedTooMuchMemoryAreAnError() throws Exception {
    ByteBuffer bytes = ByteBuffer.allocate(1 << 18).order(ByteOrder.LITTLE_ENDIAN);
    SplittableRandom random = new SplittableRandom(1);
    while (bytes.hasRemaining()) {
      bytes.putLong(random.nextLong());
    }
    Path file = Files.write(folder.resolve("random.raw"), bytes.array());
    RawFormat doubles = new RawFormat(SampleType.FLOAT64, ByteOrder.LITTLE_ENDIAN);
    MemoryBound memory = new MemoryBound(16L << 20);
    try (ImageSource source = doubles.open(file, memory);
        StripWorkers workers = StripWorkers.reading(2, memory)) {
      ImageException e =
          assertThrows(
              ImageException.class,
              () ->
                  FileStatistics.of(
                      StatisticsRequest.of(file), source, workers, FileProgress.NONE));
      assertTrue((e + "").contains("memory for the counts of its samples"), e + "");
    }
    assertEquals(1 << 15, statistics(file, doubles).getFirst().samples());
  }
}
