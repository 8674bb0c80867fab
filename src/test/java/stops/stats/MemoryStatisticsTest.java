package stops.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import stops.engine.SampleType;
import stops.image.Domain;
import stops.image.NoData;
import stops.math.SampleBits;

/** Compares statistics with those of sorted arrays and of sums without rounding. */
class MemoryStatisticsTest {
  private static final List<Double> PERCENTS =
      List.of(0.0, 0.1, 1.0, 12.5, 50.0, 99.0, 99.9, 100.0);

  private static ChannelStatistics of(SampleType type, Domain domain, int threads, double... values)
      throws Exception {
    return MemoryStatistics.of(type, memory(type, values), domain, PERCENTS, threads);
  }

  private static MemorySegment memory(SampleType type, double... values) {
    MemorySegment memory = MemorySegment.ofArray(new byte[values.length * type.bytes()]);
    for (int i = 0; i < values.length; i++) {
      NoData.put(memory, type, i, values[i]);
    }
    return memory;
  }

  /** The values that samples of this type really have. */
  private static double[] rounded(SampleType type, double[] values) {
    return Arrays.stream(values)
        .map(v ->
            switch (type) {
              case FLOAT16 -> Float.float16ToFloat(Float.floatToFloat16((float) v));
              case FLOAT32 -> (float) v;
              case FLOAT64 -> v;
            })
        .toArray();
  }

  private static void check(SampleType type, Domain domain, double... values) throws Exception {
    new SortedSamples(rounded(type, values), domain).check(of(type, domain, 1, values));
  }

  private static double[] values(int count, IntToDoubleFunction value) {
    double[] values = new double[count];
    Arrays.setAll(values, value);
    return values;
  }

  @Test
  void sceneHasTheStatisticsOfItsSortedSamples() throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    double[] light = values(100_003, i -> Math.exp(3 * random.nextGaussian() - 2));
    double[] stops = values(100_003, i -> 4 * random.nextGaussian() - 3);
    for (SampleType type : SampleType.values()) {
      check(type, Domain.INTENSITY, light);
      check(type, Domain.EXPOSURE, stops);
    }
  }

  @Test
  void negativeZeroAndSpecialSamplesAreCountedAndLeftOutOfStops() throws Exception {
    SplittableRandom random = new SplittableRandom(2);
    double[] odd = {
      0,
      -0.0,
      Double.NaN,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      -1,
      -0.3,
      -1e-3,
      1e-40
    };
    double[] light =
        values(
            30_001,
            i -> {
              int kind = random.nextInt(20);
              return kind < odd.length
                  ? odd[kind]
                  : (kind == 19 ? -1 : 1) * Math.exp(random.nextGaussian());
            });
    for (SampleType type : SampleType.values()) {
      check(type, Domain.INTENSITY, light);
    }
    // With values beyond those of the fast table, and others close to zero.
    double[] exposures =
        values(
            30_001,
            i ->
                switch (random.nextInt(8)) {
                  case 0 -> Double.NEGATIVE_INFINITY;
                  case 1 -> Double.NaN;
                  case 2 -> Double.POSITIVE_INFINITY;
                  case 3 -> -1073;
                  case 4 -> 1e-6 * random.nextGaussian();
                  case 5 -> -300 * random.nextDouble();
                  default -> random.nextGaussian();
                });
    for (SampleType type : SampleType.values()) {
      check(type, Domain.EXPOSURE, exposures);
    }
  }

  @Test
  void everyHalfIsCounted() throws Exception {
    double[] all = values(1 << 16, i -> SampleBits.value(SampleType.FLOAT16, i));
    check(SampleType.FLOAT16, Domain.INTENSITY, all);
    check(SampleType.FLOAT32, Domain.INTENSITY, all);
    check(SampleType.FLOAT64, Domain.INTENSITY, all);
  }

  @Test
  void floatsOfAllSizesHaveAnExactMean() throws Exception {
    SplittableRandom random = new SplittableRandom(3);
    double[] all = values(50_000, i -> SampleBits.value(SampleType.FLOAT32, random.nextInt()));
    check(SampleType.FLOAT32, Domain.INTENSITY, all);
    // Doubles whose sum in doubles would overflow or lose all small ones.
    double[] wide = values(20_000, i -> Double.longBitsToDouble(random.nextLong()));
    ChannelStatistics found = of(SampleType.FLOAT64, Domain.INTENSITY, 1, wide);
    ExactSum sum = new ExactSum();
    long finite = 0;
    for (double value : wide) {
      if (Double.isFinite(value)) {
        sum.add(value, 1);
        finite++;
      }
    }
    assertEquals(
        sum.mean(finite), Objects.requireNonNull(found.intensities()).arithmeticMeanIntensity());
  }

  @Test
  void fewSamples() throws Exception {
    for (SampleType type : SampleType.values()) {
      for (Domain domain : Domain.values()) {
        check(type, domain);
        check(type, domain, 0.25);
        check(type, domain, 0);
        check(type, domain, 0, 0, 0);
        check(type, domain, Double.NaN, Double.NaN);
        check(type, domain, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        check(type, domain, -2, -1);
        check(type, domain, -1, 0, 2);
      }
    }
  }

  @Test
  void samplesThatAreAllTheSameHaveNoDeviation() throws Exception {
    double[] same = values(5000, i -> 0.18f);
    for (SampleType type : SampleType.values()) {
      ChannelStatistics found = of(type, Domain.INTENSITY, 1, same);
      ChannelStatistics.Exposures stops = Objects.requireNonNull(found.exposures());
      assertEquals(0, stops.standardDeviationStops(), type + "");
      assertEquals(stops.minimumStops(), stops.geometricMeanStops(), type + "");
      assertEquals(0, stops.fullRangeStops(), type + "");
    }
    assertEquals(
        0,
        Objects.requireNonNull(of(SampleType.FLOAT32, Domain.EXPOSURE, 1, same).exposures())
            .standardDeviationStops());
  }

  @Test
  void meanIntensityOfExposuresNearZeroIsWithinItsBound() throws Exception {
    for (double stops : new double[] {0.1f, -0.3f, 0.01f, 1e-9f, 0.49999f}) {
      double[] same = values(100, i -> stops);
      for (SampleType type : new SampleType[] {SampleType.FLOAT32, SampleType.FLOAT64}) {
        double expected = Math.pow(2, stops);
        double mean =
            Objects.requireNonNull(of(type, Domain.EXPOSURE, 1, same).intensities())
                .arithmeticMeanIntensity();
        assertEquals(expected, mean, 4e-9 * expected, type + " " + stops);
      }
    }
  }

  @Test
  void resultIsTheSameForAnyThreadsAndAnyOrder() throws Exception {
    SplittableRandom random = new SplittableRandom(4);
    int count = 3 * Scratch.MOST_SAMPLES + 12_345;
    List<SampleType> types = List.of(SampleType.FLOAT16, SampleType.FLOAT32);
    for (SampleType type : types) {
      for (Domain domain : Domain.values()) {
        double[] values = values(count, i -> 3 * random.nextGaussian());
        ChannelStatistics expected = of(type, domain, 1, values);
        assertNotNull(expected.exposures());
        assertEquals(expected, of(type, domain, 2, values));
        assertEquals(expected, of(type, domain, 7, values));
        for (int i = count - 1; i > 0; i--) {
          int other = random.nextInt(i + 1);
          double swapped = values[i];
          values[i] = values[other];
          values[other] = swapped;
        }
        assertEquals(expected, of(type, domain, 2, values));
      }
    }
  }

  @Test
  void memoryOfOneThreadIsReadByIt() throws Exception {
    float[] values = new float[2 * Scratch.MOST_SAMPLES];
    Arrays.fill(values, 4);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment own = arena.allocate(4L * values.length);
      own.copyFrom(MemorySegment.ofArray(values));
      ChannelStatistics found =
          MemoryStatistics.of(SampleType.FLOAT32, own, Domain.INTENSITY, PERCENTS, 4);
      assertEquals(values.length, found.samples());
      assertEquals(4, Objects.requireNonNull(found.intensities()).arithmeticMeanIntensity());
    }
  }

  @Test
  void halfASampleIsRefused() {
    MemorySegment odd = MemorySegment.ofArray(new byte[6]);
    assertThrows(
        IllegalArgumentException.class,
        () -> MemoryStatistics.of(SampleType.FLOAT32, odd, Domain.INTENSITY, PERCENTS, 1));
  }

  @Test
  void countsTakeNoMoreMemoryThanAllowed() {
    RowMemory memory = new RowMemory(20_000);
    Bins bins = Bins.of(SampleType.FLOAT32, Domain.INTENSITY, memory);
    double[] values = values(10, i -> Math.scalb(1.0, i));
    SampleRuns runs = SampleRuns.all(memory(SampleType.FLOAT32, values), 0, 1, values.length);
    assertThrows(RowMemory.Full.class, () -> bins.add(runs, new Scratch()));
  }

  @Test
  void interleavedSamplesAndRectanglesAreReadApart() {
    double[] values = values(4 * 5 * 3, i -> i);
    for (SampleType type : SampleType.values()) {
      MemorySegment memory = memory(type, values);
      // Of 4 rows of 5 pixels of 3 channels: channel 1, in rows 1 and 2, columns 2 to 4.
      SampleRuns runs = new SampleRuns(memory, 1, 3, 15, 1, 2, 2, 3);
      Bins bins = Bins.of(type, Domain.INTENSITY, new RowMemory(Long.MAX_VALUE));
      bins.add(runs, new Scratch());
      List<Double> found = new ArrayList<>();
      bins.forEach(bin -> found.add(bin.intensity()));
      assertEquals(List.of(22.0, 25.0, 28.0, 37.0, 40.0, 43.0), found);
    }
    assertNull(
        Summary.of(
                "",
                "",
                ChannelStatistics.Meaning.INTENSITY,
                Bins.of(SampleType.FLOAT32, Domain.INTENSITY, new RowMemory(0)),
                PERCENTS,
                null)
            .intensities());
  }
}
