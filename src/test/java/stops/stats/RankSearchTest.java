package stops.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stops.engine.SampleType;

/** The samples that are found are those of the sorted samples. */
class RankSearchTest {
  private static final int COUNT = 20_000;

  /** With little memory there are more passes. */
  @ParameterizedTest
  @ValueSource(longs = {1L << 20, 1L << 40})
  void everyRankIsThatOfTheSortedSamples(long memory) {
    for (long seed = 0; seed < 4; seed++) {
      Random random = new Random(seed);
      float[] floats = new float[COUNT];
      double[] doubles = new double[COUNT];
      int[] integers = new int[COUNT];
      for (int i = 0; i < COUNT; i++) {
        floats[i] = seed == 0 ? random.nextInt(5) - 2 : Float.intBitsToFloat(random.nextInt());
        doubles[i] = seed == 0 ? floats[i] : Double.longBitsToDouble(random.nextLong());
        integers[i] = random.nextInt() >>> (seed == 0 ? 28 : 0);
      }
      floats[7] = -0.0f;
      doubles[7] = -0.0;
      try (Arena arena = Arena.ofConfined()) {
        check(
            SampleType.FLOAT32,
            arena.allocateFrom(ValueLayout.JAVA_FLOAT, floats),
            sorted(
                java.util.stream.IntStream.range(0, COUNT).mapToDouble(i -> floats[i]).toArray()),
            memory);
        check(
            SampleType.FLOAT64,
            arena.allocateFrom(ValueLayout.JAVA_DOUBLE, doubles),
            sorted(doubles),
            memory);
        check(
            null,
            arena.allocateFrom(ValueLayout.JAVA_INT, integers),
            sorted(Arrays.stream(integers).mapToDouble(Integer::toUnsignedLong).toArray()),
            memory);
      }
    }
  }

  private static double[] sorted(double[] samples) {
    return Arrays.stream(samples).filter(Double::isFinite).map(x -> x + 0.0).sorted().toArray();
  }

  private static void check(
      @Nullable SampleType type, MemorySegment samples, double[] sorted, long memory) {
    RankSearch search = new RankSearch(type, new RowMemory(memory));
    List<Long> ranks =
        LongStream.concat(
                LongStream.of(1, 2, sorted.length),
                LongStream.range(1, 20).map(i -> Math.max(1, i * sorted.length / 20)))
            .boxed()
            .toList();
    search.add(SampleRuns.all(samples, 0, 1, COUNT), new Scratch());
    search.want(ranks);
    while (!search.isDone()) {
      search.add(SampleRuns.all(samples, 0, 1, COUNT), new Scratch());
      search.next();
    }
    for (long rank : ranks) {
      assertEquals(sorted[(int) rank - 1], search.sample(rank), type + " " + rank);
    }
  }
}
