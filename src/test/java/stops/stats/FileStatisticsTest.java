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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.convert.FileConverter;
import stops.convert.FileRequest;
import stops.cpu.ScalarEngine;
import stops.engine.Engine;
import stops.engine.SampleType;
import stops.engine.ZeroPolicy;
import stops.engine.pool.EnginePool;
import stops.format.ExrFormat;
import stops.format.Formats;
import stops.format.RawFormat;
import stops.image.Domain;
import stops.image.ImageException;
import stops.image.ImageFormat;
import stops.image.ImageSource;
import stops.image.MemoryBound;
import stops.stats.ChannelStatistics.Meaning;
import stops.strip.StripWorkers;

class FileStatisticsTest {
  private static final Path DESK = Path.of("src/main/examples/desk.exr");
  private static final RawFormat RAW = new RawFormat(SampleType.FLOAT32, ByteOrder.LITTLE_ENDIAN);

  @TempDir Path folder = Path.of("");

  private static List<ChannelStatistics> statistics(Path file, ImageFormat format)
      throws Exception {
    try (ImageSource source = format.open(file);
        StripWorkers workers = StripWorkers.reading(2, MemoryBound.DEFAULT)) {
      return FileStatistics.of(file, source, workers);
    }
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
    assertEquals(-3, found.minimum());
    assertEquals(8, found.maximum());
    assertEquals(-2, found.minimumStops());
    assertEquals(3, found.maximumStops());
    assertEquals(2, found.zero());
    assertEquals(2, found.negative());
    assertEquals(2, found.infinite());
    assertEquals(1, found.nan());
  }

  @Test
  void channelWithoutLightHasNoStops() throws Exception {
    ChannelStatistics black = ofFloats(0, 0, -1);
    assertEquals(-1, black.minimum());
    assertEquals(0, black.maximum());
    assertNull(black.minimumStops());
    assertNull(black.maximumStops());
    ChannelStatistics nothing = ofFloats(Float.NaN);
    assertNull(nothing.minimum());
    assertNull(nothing.maximum());
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
      double least = light.negative() > 0 ? -1073 : number(light.minimumStops());
      assertEquals(least, number(stops.minimumStops()), 1e-6);
      assertEquals(number(light.maximumStops()), number(stops.maximumStops()), 1e-6);
      assertEquals(number(light.maximum()), number(stops.maximum()), 1e-4);
    }
    assertTrue(before.stream().anyMatch(c -> c.negative() > 0), "no negative sample in the test");
  }

  private static double number(@Nullable Double number) {
    return Objects.requireNonNull(number);
  }

  @Test
  void blackOfAnExposureFileIsMinusInfinity() throws Exception {
    Path npy = folder.resolve("light.npy");
    writeNpy(npy, 0, 4, 0, 2);
    Path exposures = converted(npy, "stops.npy", Formats.of(npy), List.of());
    ChannelStatistics found = statistics(exposures, Formats.of(exposures)).getFirst();
    assertEquals(Meaning.EXPOSURE, found.meaning());
    assertEquals(2, found.zero());
    assertEquals(0, found.minimum());
    assertEquals(4, found.maximum());
    assertEquals(1, found.minimumStops());
    assertEquals(2, found.maximumStops());
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
}
