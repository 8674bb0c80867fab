package stops.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.cache.PrivateFolder;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.SampleType;
import stops.math.KnownAnswers;
import stops.math.RawSamples;
import stops.opencl.api.Context;
import stops.opencl.api.OpenClDevice;

/** The kernel that is used is the fastest of those that give the right results. */
final class KernelTuningTest {
  private static final KernelTuning.Limits WITHOUT_SHAPES =
      new KernelTuning.Limits(10, Duration.ZERO, Duration.ZERO, 0);

  /** Every device is fast enough for them. */
  private static final KernelTuning.Limits COMPARED =
      new KernelTuning.Limits(10, Duration.ZERO, Duration.ZERO, 1000);

  private static final KernelTuning.Limits TOO_SLOW =
      new KernelTuning.Limits(0, Duration.ZERO, Duration.ZERO, 0);

  private static final Conversion HALF =
      Conversion.of(Direction.TO_EXPOSURE, SampleType.FLOAT16, SampleType.FLOAT16);

  private static final Conversion FLOAT =
      Conversion.of(Direction.TO_INTENSITY, SampleType.FLOAT32, SampleType.FLOAT32);

  @TempDir Path folder = Path.of("");
  private final AtomicInteger steps = new AtomicInteger();

  @Test
  void theFastestIsChosenOrThePreferredOfThoseThatAreAsFast() throws Exception {
    List<KernelTiming> timings =
        tune(FLOAT, Arithmetic.values(), KernelSource::read, WITHOUT_SHAPES);
    List<Arithmetic> tried = timings.stream().map(timing -> timing.choice().arithmetic()).toList();
    assertTrue(tried.contains(Arithmetic.INTEGER), tried.toString());
    assertEquals(tried.size(), tried.stream().distinct().count(), tried.toString());
    double chosen = timings.getFirst().copyShare();
    for (KernelTiming timing : timings) {
      assertTrue(chosen * 1.06 >= timing.copyShare(), timings.toString());
      assertTrue(
          timing.choice().arithmetic().compareTo(tried.getFirst()) > 0
              || timing.copyShare() <= chosen,
          timings.toString());
    }
    assertTrue(steps.get() >= tried.size() + 1, "the parent waits for each part anew");
  }

  @Test
  void otherShapesAreTried() throws Exception {
    List<KernelTiming> timings =
        tune(
            FLOAT,
            new Arithmetic[] {Arithmetic.INTEGER},
            KernelSource::read,
            new KernelTuning.Limits(10, Duration.ZERO, Duration.ofDays(1), 0));
    OpenClDevice device = TestDevice.of(TestDevice.openCl());
    Variant.Shape usual = KernelChoice.preferred(device, Arithmetic.INTEGER).shape();
    List<Variant.Shape> shapes = timings.stream().map(timing -> timing.choice().shape()).toList();
    assertTrue(shapes.contains(usual), shapes.toString());
    assertTrue(
        shapes.stream().anyMatch(shape -> shape.vectorSamples() != usual.vectorSamples()),
        shapes.toString());
    assertTrue(
        shapes.stream().anyMatch(shape -> shape.steps() != usual.steps()), shapes.toString());
    assertEquals(shapes.size(), shapes.stream().distinct().count(), shapes.toString());
  }

  @Test
  void aDeviceThatIsTooSlowIsNotMeasured() throws Exception {
    assertEquals(
        List.of(),
        tune(FLOAT, new Arithmetic[] {Arithmetic.INTEGER}, KernelSource::read, TOO_SLOW));
  }

  @Test
  void aKernelThatFailsTheSelfTestIsNotChosen() throws Exception {
    Function<Arithmetic, String> source =
        arithmetic ->
            KernelSource.read(arithmetic)
                .replace("#define K3_LOW (-0x1.d6040ep-28f)", "#define K3_LOW 0.0f")
                .replace("#define E3_LOW (-0x1.1efa1cp-30f)", "#define E3_LOW 0.0f");
    Arithmetic[] pairsFirst = {Arithmetic.PAIRS, Arithmetic.INTEGER};
    assertEquals(
        List.of(Arithmetic.INTEGER),
        tune(FLOAT, pairsFirst, source, WITHOUT_SHAPES).stream()
            .map(timing -> timing.choice().arithmetic())
            .toList());
  }

  @Test
  void aKernelThatTheCompilerRefusesIsNotChosen() throws Exception {
    Arithmetic[] pairsFirst = {Arithmetic.PAIRS, Arithmetic.INTEGER};
    List<KernelTiming> timings =
        tune(
            FLOAT,
            pairsFirst,
            arithmetic ->
                KernelSource.read(arithmetic) + (arithmetic == Arithmetic.PAIRS ? "nonsense" : ""),
            WITHOUT_SHAPES);
    assertEquals(1, timings.size());
    assertEquals(Arithmetic.INTEGER, timings.getFirst().choice().arithmetic());
  }

  @Test
  void aKernelThatIsWrongWhereNoKnownAnswerLooksIsNotChosen() throws Exception {
    long unseen = unseenHalf();
    Function<Arithmetic, String> source =
        arithmetic ->
            arithmetic == Arithmetic.PAIRS
                ? wrongAt(unseen, KernelSource.read(arithmetic))
                : KernelSource.read(arithmetic);
    Arithmetic[] pairsFirst = {Arithmetic.PAIRS, Arithmetic.INTEGER};
    List<KernelTiming> unnoticed = tune(HALF, pairsFirst, source, WITHOUT_SHAPES);
    assertEquals(2, unnoticed.size(), "it passes the self-test");
    List<KernelTiming> compared = tune(HALF, pairsFirst, source, COMPARED);
    assertEquals(
        List.of(Arithmetic.INTEGER),
        compared.stream().map(timing -> timing.choice().arithmetic()).toList());
  }

  @Test
  void kernelsThatAgreeAreFoundToAgree() throws Exception {
    Arithmetic[] pairsFirst = {Arithmetic.PAIRS, Arithmetic.INTEGER};
    assertEquals(2, tune(HALF, pairsFirst, KernelSource::read, COMPARED).size());
  }

  /** The bits of an ordinary float16 that is not among the known answers. */
  private static long unseenHalf() {
    KnownAnswers answers = new KnownAnswers(HALF);
    BitSet seen = new BitSet(1 << 16);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment source = arena.allocate(2L * KnownAnswers.SAMPLES, 2);
      answers.write(source);
      for (long i = 0; i < KnownAnswers.SAMPLES; i++) {
        seen.set((int) RawSamples.get(source, SampleType.FLOAT16, i));
      }
    }
    int unseen = seen.nextClearBit(0x3c00);
    assertTrue(unseen < 0x7c00, "the known answers have all of them");
    return unseen;
  }

  private static String wrongAt(long bits, String source) {
    String store = "    storeTargets(result, target, index);\n";
    assertTrue(source.contains(store), "the kernel stores in another way");
    return source.replace(
        store,
        "    result ^= asTargets(toTargetMasks(toIntLanes(bits == (Sources)"
            + bits
            + "))) & (Targets)1;\n"
            + store);
  }

  private List<KernelTiming> tune(
      Conversion conversion,
      Arithmetic[] arithmetics,
      Function<Arithmetic, String> source,
      KernelTuning.Limits limits)
      throws Exception {
    OpenCl openCl = TestDevice.openCl();
    OpenClDevice device = TestDevice.of(openCl);
    EngineOptions options =
        new EngineOptions(
            1, 0, List.of(arithmetics), true, true, "", new PrivateFolder(folder.resolve("cache")));
    try (Context context = Context.create(openCl.usable(device))) {
      ProgramStore programs = new ProgramStore(context, device, source, options);
      Lane.LaneParts parts = new Lane.LaneParts(context, programs, Placement.of(device, true));
      return new KernelTuning(
              device,
              parts,
              new SelfTest(programs, options.cache(), true),
              conversion,
              options.arithmeticsOn(device),
              steps::incrementAndGet,
              limits)
          .run();
    }
  }
}
