package stops.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import stops.Command;
import stops.Exhaustive;
import stops.Required;
import stops.convert.FileProgress;
import stops.engine.SampleType;
import stops.exr.OpenExrTools;
import stops.format.Formats;
import stops.format.RawFormat;
import stops.image.Domain;
import stops.image.ImageFormat;
import stops.image.ImageSource;
import stops.image.MemoryBound;
import stops.image.Window;
import stops.strip.StripWorkers;

/** NumPy computes the same statistics from the same samples, with fractions for the mean. */
class StatisticsAndNumpyTest {
  private static final String PYTHON = "/usr/bin/python3";
  private static final List<Double> PERCENTS = StatisticsRequest.USUAL_PERCENTS;

  /** Sums of integers for each exponent make an exact mean; logarithms have 64 bits. */
  private static final String SCRIPT =
      """
      import json, math, numpy, sys
      from fractions import Fraction
      samples = numpy.fromfile(sys.argv[1], sys.argv[2])
      x = samples[numpy.isfinite(samples)].astype('f8')
      m, e = numpy.frexp(x)
      total = Fraction(0)
      for exponent in numpy.unique(e):
        whole = numpy.ldexp(m[e == exponent], 53).astype('i8')
        high, low = whole >> 26, whole & ((1 << 26) - 1)
        total += Fraction((int(high.sum()) << 26) + int(low.sum())) * Fraction(2) ** (int(exponent) - 53)
      del m, e
      x.sort()
      light = x[x > 0]
      n, count, square = len(light), numpy.longdouble(0), numpy.longdouble(0)
      pieces = [slice(i, i + 1000000) for i in range(0, n, 1000000)]
      for piece in pieces:
        count += numpy.log2(light[piece].astype(numpy.longdouble)).sum()
      mean = count / n
      for piece in pieces:
        square += ((numpy.log2(light[piece].astype(numpy.longdouble)) - mean) ** 2).sum()
      def at(a, p):
        f = Fraction(p) * len(a) / 100
        return float(a[max(1, math.ceil(f)) - 1])
      print(json.dumps({
        'samples': len(samples), 'nan': int(numpy.isnan(samples).sum()),
        'zero': int((samples == 0).sum()), 'negative': int((samples < 0).sum()),
        'light': n, 'least': float(x[0]), 'greatest': float(x[-1]),
        'mean': float(total / len(x)), 'geometric': float(mean), 'deviation': math.sqrt(square / n),
        'percentiles': [at(x, p) for p in sys.argv[3:]],
        'stops': [math.log2(at(light, p)) for p in sys.argv[3:]]}))
      """;

  @TempDir Path folder = Path.of("");

  private static void compare(Path samples, String numpyType, ChannelStatistics found)
      throws Exception {
    Required.success(PYTHON, "-c", "import numpy");
    String[] words = new String[5 + PERCENTS.size()];
    List<String> first = List.of(PYTHON, "-c", SCRIPT, samples.toString(), numpyType);
    for (int i = 0; i < words.length; i++) {
      words[i] = i < 5 ? first.get(i) : PERCENTS.get(i - 5).toString();
    }
    JsonObject numpy = JsonParser.parseString(Command.outputOf(words)).getAsJsonObject();
    ChannelStatistics.Intensities linear = Objects.requireNonNull(found.intensities());
    ChannelStatistics.Exposures stops = Objects.requireNonNull(found.exposures());
    assertEquals(numpy.get("samples").getAsLong(), found.samples());
    assertEquals(numpy.get("nan").getAsLong(), found.nan());
    assertEquals(numpy.get("zero").getAsLong(), found.zero());
    assertEquals(numpy.get("negative").getAsLong(), found.negative());
    assertEquals(numpy.get("light").getAsLong(), stops.samplesAboveZero());
    assertEquals(numpy.get("least").getAsDouble(), linear.minimumIntensity());
    assertEquals(numpy.get("greatest").getAsDouble(), linear.maximumIntensity());
    assertEquals(numpy.get("mean").getAsDouble(), linear.arithmeticMeanIntensity());
    double error = linear.percentileWidth() == 0 ? 1e-14 : 3e-8;
    assertEquals(numpy.get("geometric").getAsDouble(), stops.geometricMeanStops(), error);
    assertEquals(numpy.get("deviation").getAsDouble(), stops.standardDeviationStops(), error);
    for (int i = 0; i < PERCENTS.size(); i++) {
      double expected = numpy.getAsJsonArray("percentiles").get(i).getAsDouble();
      assertEquals(
          expected,
          Objects.requireNonNull(linear.percentilesIntensity().get(PERCENTS.get(i))),
          Math.abs(expected) * linear.percentileWidth());
      assertEquals(
          numpy.getAsJsonArray("stops").get(i).getAsDouble(),
          Objects.requireNonNull(stops.percentilesStops().get(PERCENTS.get(i))),
          stops.percentileWidthStops() + 1e-14);
    }
  }

  private static List<ChannelStatistics> statistics(Path file, ImageFormat format)
      throws Exception {
    try (ImageSource source = format.open(file);
        StripWorkers workers = StripWorkers.reading(2, MemoryBound.DEFAULT)) {
      return FileStatistics.of(StatisticsRequest.of(file), source, workers, FileProgress.NONE)
          .channels();
    }
  }

  private void checkPhotograph(Path file) throws Exception {
    OpenExrTools.require();
    List<ChannelStatistics> light =
        statistics(file, Formats.of(file)).stream()
            .filter(each -> each.exposures() != null)
            .toList();
    assertEquals(3, light.size());
    for (ChannelStatistics found : light) {
      Path plain = folder.resolve(found.channel() + ".exr");
      List<String> words = List.of("oiiotool", file + "", "--ch", found.channel(), "-d", "float");
      OpenExrTools.run(
          Stream.concat(words.stream(), Stream.of("--compression", "none", "-o", plain + ""))
              .toList());
      compare(rows(plain), "<f4", found);
    }
  }

  /** The samples of an unpacked EXR file: rows at its end, each behind its number and size. */
  private static Path rows(Path exr) throws Exception {
    Window window;
    try (ImageSource source = Formats.open(exr)) {
      window = source.info().parts().getFirst().dataWindow();
    }
    int row = Math.toIntExact(8 + 4 * window.width());
    byte[] file = Files.readAllBytes(exr);
    byte[] samples = new byte[Math.toIntExact(4 * window.width() * window.height())];
    int first = Math.toIntExact(file.length - row * window.height());
    for (int y = 0; y < window.height(); y++) {
      System.arraycopy(file, first + y * row + 8, samples, y * (row - 8), row - 8);
    }
    return Files.write(exr.resolveSibling("rows.raw"), samples);
  }

  @Test
  void photographOfHalvesIsAsNumpySays() throws Exception {
    checkPhotograph(Path.of("src/main/examples/desk.exr"));
  }

  @TestFactory
  List<DynamicTest> picturesOfOthersAreAsNumpySays() throws IOException {
    return Required.data("openexr-images", "Desk.exr", this::checkPhotograph);
  }

  @Test
  void aMillionSamplesAreAsNumpySays() throws Exception {
    random(1_000_000);
  }

  @Exhaustive
  @Test
  void aHundredMillionSamplesAreAsNumpySays() throws Exception {
    random(100_000_000);
  }

  /** Light of many stops, with some negative, zero and NaN samples. */
  private void random(long count) throws Exception {
    Path file = folder.resolve("random.raw");
    SplittableRandom random = new SplittableRandom(9);
    try (Arena arena = Arena.ofConfined();
        FileChannel channel =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
      MemorySegment samples = channel.map(FileChannel.MapMode.READ_WRITE, 0, 4 * count, arena);
      ValueLayout.OfFloat type = ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN);
      for (long i = 0; i < count; i++) {
        int kind = random.nextInt(100);
        float light = (float) Math.exp(2.5 * random.nextGaussian() - 2);
        samples.setAtIndex(
            type, i, kind == 0 ? 0 : kind == 1 ? -light : kind == 2 ? Float.NaN : light);
      }
    }
    RawFormat raw = new RawFormat(SampleType.FLOAT32, ByteOrder.LITTLE_ENDIAN);
    ChannelStatistics found = statistics(file, raw).getFirst();
    compare(file, "<f4", found);
    try (Arena arena = Arena.ofShared();
        FileChannel channel = FileChannel.open(file)) {
      MemorySegment samples = channel.map(FileChannel.MapMode.READ_ONLY, 0, 4 * count, arena);
      ChannelStatistics inMemory =
          MemoryStatistics.of(SampleType.FLOAT32, samples, Domain.INTENSITY, PERCENTS, 2);
      assertEquals(found.intensities(), inMemory.intensities());
      assertEquals(
          found.exposures(), inMemory.exposures(), String.format(Locale.ROOT, "%d", count));
    }
  }
}
