package stops.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The contract of every engine. Each subclass supplies an engine and inherits all tests. Results
 * and tallies are compared with the definition, bit by bit.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class EngineTest {
  private @Nullable Engine opened;

  /** Opens the engine under test, or skips the tests where there is none. */
  protected abstract Engine open() throws Exception;

  @BeforeAll
  void openEngine() throws Exception {
    opened = open();
  }

  @AfterAll
  void closeTwice() {
    if (opened != null) {
      opened.close();
      opened.close();
    }
  }

  private Engine engine() {
    return Objects.requireNonNull(opened);
  }

  /**
   * Whether the engine does not support {@code conversion}. If so, asserts that converting fails.
   */
  private boolean isRefused(Conversion conversion) {
    if (engine().supports(conversion)) {
      return false;
    }
    try (Arena arena = Arena.ofConfined()) {
      Run run = new Run(conversion, new long[] {0}, 1, 0);
      Chunk chunk = Chunk.of(run.source(arena, 0), run.target(arena), 1);
      assertThrows(EngineFailure.class, () -> engine().convert(conversion, chunk));
    }
    return true;
  }

  /** Both directions, all pairings of sample types, without gain. */
  static Stream<Conversion> pairings() {
    return Direction.MAPS.stream()
        .flatMap(direction ->
            Stream.of(SampleType.values())
                .flatMap(source ->
                    Stream.of(SampleType.values())
                        .map(target -> Conversion.of(direction, source, target))));
  }

  /** The pairings of a type with itself. */
  static Stream<Conversion> sameTypes() {
    return pairings().filter(pairing -> pairing.source() == pairing.target());
  }

  /** The pairings, with each policy for zero. */
  static Stream<Conversion> policies() {
    return pairings()
        .filter(pairing -> pairing.direction() == Direction.TO_EXPOSURE)
        .flatMap(pairing ->
            Stream.of(ZeroPolicy.values()).map(zero -> with(pairing, pairing.gainStops(), zero)));
  }

  /** The pairings, with gains of all kinds. */
  static Stream<Conversion> gains() {
    return pairings()
        .flatMap(pairing ->
            Stream.of(
                    1.0,
                    -0.5,
                    1 / 3.0,
                    17.25,
                    -140.1,
                    0x1p-60,
                    1e-300,
                    Double.MIN_VALUE,
                    -0x1.8p-1060,
                    2100.0,
                    -2100.0)
                .map(gain -> with(pairing, gain, ZeroPolicy.FLOOR)));
  }

  /** All pairings of sample types, adjusted by numbers of stops of all kinds. */
  static Stream<Conversion> adjustments() {
    return Stream.of(Direction.SCALE, Direction.SHIFT)
        .flatMap(direction ->
            Stream.of(SampleType.values())
                .flatMap(source ->
                    Stream.of(SampleType.values())
                        .flatMap(target ->
                            Stream.of(
                                    "1",
                                    "-1",
                                    "-9",
                                    "1/3",
                                    "-2/3",
                                    "0.97",
                                    "0",
                                    "-41.3",
                                    "140.1",
                                    "-1060.7",
                                    "3000",
                                    "1e-9",
                                    "1e-60",
                                    "-1e-60",
                                    "0.58496250072115618145373894394781650875981440769248")
                                .map(ExactStops::parse)
                                .map(stops ->
                                    new Conversion(
                                        direction,
                                        source,
                                        target,
                                        stops.high(),
                                        stops.low(),
                                        ZeroPolicy.INF)))));
  }

  private static Conversion with(Conversion pairing, double gain, ZeroPolicy zero) {
    return new Conversion(pairing.direction(), pairing.source(), pairing.target(), gain, zero);
  }

  @ParameterizedTest
  @MethodSource("pairings")
  void everySpecialAndHardSampleIsConvertedAsDefined(Conversion conversion) throws Exception {
    check(conversion, Samples.special(conversion.direction(), conversion.source()));
  }

  @ParameterizedTest
  @MethodSource("pairings")
  void aMillionBitPatternsAreConvertedAsDefined(Conversion conversion) throws Exception {
    check(
        conversion,
        conversion.source() == SampleType.FLOAT16
            ? Samples.everyHalf()
            : Samples.randomBits(conversion.source(), 1_000_000));
  }

  @ParameterizedTest
  @MethodSource("adjustments")
  void adjustmentsAreAsDefined(Conversion conversion) throws Exception {
    check(conversion, Samples.adjusted(conversion));
  }

  @ParameterizedTest
  @EnumSource(
      value = Direction.class,
      names = {"SCALE", "SHIFT"})
  void adjustmentsOfAnyLengthAndOfSeveralChannelsAreCounted(Direction direction) throws Exception {
    for (SampleType type : SampleType.values()) {
      for (String stops : List.of("1", "1/3", "-0.97", "120")) {
        Conversion conversion = Conversion.adjust(direction, type, ExactStops.parse(stops));
        long[] samples = Samples.adjusted(conversion);
        for (int length : new int[] {1, 7, 16, 33, 2047, 2049, 5003}) {
          for (int channels : new int[] {1, 3}) {
            try (Arena arena = Arena.ofConfined()) {
              long[] some = Arrays.copyOfRange(samples, 2000, 2000 + length);
              Run run = new Run(conversion, some, channels, channels - 1);
              run.check(engine(), run.source(arena, 0), run.target(arena));
              MemorySegment inPlace = run.source(arena, 0);
              run.check(engine(), inPlace, inPlace);
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pairings")
  void ordinarySamplesAreConvertedAsDefined(Conversion conversion) throws Exception {
    check(conversion, Samples.ordinary(conversion, 100_000));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void zerosFollowThePolicy(Conversion conversion) throws Exception {
    check(conversion, Samples.special(conversion.direction(), conversion.source()));
  }

  @ParameterizedTest
  @MethodSource("gains")
  void gainIsPartOfThePass(Conversion conversion) throws Exception {
    check(conversion, Samples.special(conversion.direction(), conversion.source()));
    check(conversion, Samples.ordinary(conversion, 5000));
  }

  @ParameterizedTest
  @MethodSource("pairings")
  void manySamplesWithAGainAreConvertedAsDefined(Conversion conversion) throws Exception {
    Conversion brighter = with(conversion, 0.3, ZeroPolicy.NAN);
    check(brighter, Samples.ordinary(brighter, 200_000));
  }

  @ParameterizedTest
  @MethodSource("pairings")
  void anySizeAtAnyAlignmentTouchesNothingElse(Conversion conversion) throws Exception {
    if (isRefused(conversion)) {
      return;
    }
    long[] all = Samples.randomBits(conversion.source(), 4098);
    try (Arena arena = Arena.ofConfined()) {
      for (int count : new int[] {0, 1, 13, 207, 4098}) {
        for (int shift : new int[] {0, 1, 3}) {
          long[] samples = java.util.Arrays.copyOf(all, count);
          Run run = new Run(conversion, samples, 1, 0);
          MemorySegment around =
              arena.allocate((long) count * conversion.target().bytes() + shift + 64);
          around.fill((byte) 0x5a);
          MemorySegment target =
              around.asSlice(32 + shift, (long) count * conversion.target().bytes());
          run.check(engine(), run.source(arena, shift), target);
          for (long i = 0; i < around.byteSize(); i++) {
            boolean outside = i < 32 + shift || i >= 32 + shift + target.byteSize();
            assertTrue(!outside || around.get(Run.BYTE, i) == 0x5a, "wrote outside the target");
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sameTypes")
  void sourceAndTargetMayBeTheSameMemory(Conversion conversion) throws Exception {
    if (isRefused(conversion)) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      for (int shift : new int[] {0, 1}) {
        Run run = new Run(conversion, Samples.randomBits(conversion.source(), 70_001), 1, 0);
        MemorySegment memory = run.source(arena, shift);
        run.check(engine(), memory, memory);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pairings")
  void anomaliesAreCountedAndLocatedPerInterleavedChannel(Conversion conversion) throws Exception {
    if (isRefused(conversion)) {
      return;
    }
    long[] samples = Samples.ordinary(conversion, 70_003);
    long[] special = Samples.special(conversion.direction(), conversion.source());
    try (Arena arena = Arena.ofConfined()) {
      for (int channels : new int[] {1, 2, 3, 4, 7}) {
        for (int firstChannel : new int[] {0, channels - 1}) {
          long[] mixed = samples.clone();
          for (int i = 0; i < special.length; i++) {
            mixed[50 + (i * 193 + channels * 7919) % (samples.length - 50)] = special[i];
          }
          Run run = new Run(conversion, mixed, channels, firstChannel);
          run.check(engine(), run.source(arena, 0), run.target(arena));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pairings")
  void aSingleAnomalyIsFoundWhereverItIs(Conversion conversion) throws Exception {
    if (isRefused(conversion)) {
      return;
    }
    long[] samples = Samples.ordinary(conversion, 300);
    long nan = stops.math.SampleBits.canonicalNaN(conversion.source());
    try (Arena arena = Arena.ofConfined()) {
      for (int at = 0; at < samples.length; at += 23) {
        long[] one = samples.clone();
        one[at] = nan;
        Run run = new Run(conversion, one, 3, 1);
        Tally tally = run.check(engine(), run.source(arena, 0), run.target(arena));
        assertEquals(1, tally.count(Anomaly.NAN));
        assertEquals(at, tally.first((at + 1) % 3, Anomaly.NAN));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pairings")
  void chunksOfOneCallAreConvertedEachByItself(Conversion conversion) throws Exception {
    if (isRefused(conversion)) {
      return;
    }
    try (Arena arena = Arena.ofShared();
        Engine scalar = new stops.cpu.ScalarEngine()) {
      List<Chunk> chunks = new ArrayList<>();
      List<MemorySegment> expected = new ArrayList<>();
      List<Tally> tallies = new ArrayList<>();
      for (int samples : new int[] {1003, 0, 1, 517, 2000}) {
        int channels = 1 + samples % 3;
        Run run =
            new Run(conversion, Samples.randomBits(conversion.source(), samples), channels, 0);
        Chunk chunk =
            new Chunk(run.source(arena, 0), run.target(arena), samples, channels, channels - 1);
        MemorySegment right = run.target(arena);
        chunks.add(chunk);
        expected.add(right);
        tallies.add(
            scalar.convert(
                conversion, new Chunk(chunk.source(), right, samples, channels, channels - 1)));
      }
      assertEquals(tallies, engine().convert(conversion, chunks));
      for (int i = 0; i < chunks.size(); i++) {
        assertEquals(-1, expected.get(i).mismatch(chunks.get(i).target()));
      }
    }
  }

  @Test
  void severalThreadsConvertAtOnce() throws Exception {
    Conversion conversion =
        Conversion.of(Direction.TO_EXPOSURE, SampleType.FLOAT32, SampleType.FLOAT32);
    if (isRefused(conversion)) {
      return;
    }
    List<Callable<Tally>> calls = new ArrayList<>();
    try (Arena arena = Arena.ofShared();
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 8; i++) {
        Run run = new Run(conversion, Samples.randomBits(SampleType.FLOAT32, 50_000 + i), 3, 0);
        calls.add(() -> run.check(engine(), run.source(arena, 0), run.target(arena)));
      }
      for (Future<Tally> call : threads.invokeAll(calls)) {
        call.get();
      }
    }
  }

  @Test
  void aChunkThatDoesNotFitItsMemoryIsRefused() {
    Conversion conversion =
        Conversion.of(Direction.TO_EXPOSURE, SampleType.FLOAT32, SampleType.FLOAT16);
    if (isRefused(conversion)) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      Chunk chunk = Chunk.of(arena.allocate(40), arena.allocate(22), 10);
      assertThrows(
          IllegalArgumentException.class, () -> engine().convert(conversion, chunk).channels());
    }
  }

  @Test
  void itSaysWhatItIs() {
    EngineInfo info = engine().info();
    assertFalse(info.id().isBlank());
    assertFalse(info.name().isBlank());
    assertFalse(info.detail().contains("\n"));
    assertTrue(info.lanes() >= 1);
    assertTrue(info.preferredChunkSamples() >= 1);
    assertEquals(info, engine().info());
  }

  private void check(Conversion conversion, long[] samples) throws Exception {
    if (isRefused(conversion)) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      Run run = new Run(conversion, samples, 1, 0);
      run.check(engine(), run.source(arena, 0), run.target(arena));
    }
  }
}
