package stops.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.cache.PrivateFolder;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.SampleType;
import stops.opencl.api.Context;
import stops.opencl.api.JoclCl;
import stops.opencl.api.OpenClDevice;

/** An engine uses the kernels that were measured as the fastest. */
final class KernelChoicesTest {
  private static final ConversionKind EXPOSURE = ConversionKind.FLOAT32.getFirst();
  private static final ConversionKind INTENSITY = ConversionKind.FLOAT32.getLast();
  private static final List<Arithmetic> PAIRS_FIRST = List.of(Arithmetic.PAIRS, Arithmetic.INTEGER);

  @TempDir Path folder = Path.of("");
  private FaultyCl faulty = new FaultyCl(new JoclCl());

  /** What the programs that were built since compute with: whether they have pairs. */
  private final List<Boolean> built = new ArrayList<>();

  @BeforeEach
  void find() {
    TestDevice.openCl();
    faulty = new FaultyCl(new JoclCl());
  }

  @Test
  void whatWasMeasuredIsFoundByTheNextEngine() throws Exception {
    measured(EXPOSURE, Arithmetic.INTEGER);
    try (Engine engine = open()) {
      assertTrue(
          engine.info().detail().contains("integer arithmetic to exposure, float32 pairs to int"),
          engine.info().detail());
      note();
      convert(engine, EXPOSURE);
      assertEquals(List.of(false), built);
      convert(engine, INTENSITY);
      assertEquals(List.of(false), built, "this one has passed when the engine was opened");
    }
  }

  @Test
  void anEngineThatIsOpenUsesWhatIsMeasuredBeforeItsFirstConversion() throws Exception {
    try (Engine engine = open()) {
      measured(INTENSITY, Arithmetic.INTEGER);
      note();
      convert(engine, INTENSITY);
      assertEquals(List.of(false), built);
    }
  }

  @Test
  void aKernelThatFailsLaterGivesWayToThePreferredOne() throws Exception {
    measured(EXPOSURE, Arithmetic.INTEGER);
    faulty.set((ordinal, call, arguments, proceed) -> {
      if (call.equals("clCreateProgramWithSource") && !((String) arguments[1]).contains("K1_LOW")) {
        arguments[1] = "nonsense";
      }
      return proceed.call();
    });
    try (Engine engine = open()) {
      convert(engine, EXPOSURE);
    }
    faulty.set((ordinal, call, arguments, proceed) -> proceed.call());
    try (Engine engine = open()) {
      assertTrue(engine.info().detail().endsWith("float32 pairs"), engine.info().detail());
    }
    assertEquals(List.of(), faulty.live());
  }

  @Test
  void damagedFilesAndThoseOfOthersAreIgnored() throws Exception {
    measured(EXPOSURE, Arithmetic.INTEGER);
    Path file;
    try (var files = Files.list(folder.resolve("cache").resolve("choices"))) {
      file = files.findFirst().orElseThrow();
    }
    byte[] content = Files.readAllBytes(file);
    for (int i = 0; i < content.length; i++) {
      content[i] ^= 1;
      Files.write(file, content);
      content[i] ^= 1;
      assertEquals(Optional.empty(), choices(PAIRS_FIRST).measured(EXPOSURE), "byte " + i);
    }
    Files.write(file, content);
    assertTrue(choices(PAIRS_FIRST).measured(EXPOSURE).isPresent());
    assertFalse(choices(PAIRS_FIRST).measured(INTENSITY).isPresent());
    assertFalse(choices(List.of(Arithmetic.PAIRS)).measured(EXPOSURE).isPresent());
  }

  @Test
  void linesThatAreNoTimingsAreNone() {
    assertTrue(KernelTiming.read("PAIRS 16 255 1 0.5").isPresent());
    for (String line :
        List.of(
            "",
            "PAIRS 16 255 1",
            "PAIRS 16 255 1 0.5 1",
            "PAIR 16 255 1 0.5",
            "PAIRS 3 255 1 0.5",
            "PAIRS 32 255 1 0.5",
            "PAIRS 16 0 1 0.5",
            "PAIRS 16 256 1 0.5",
            "PAIRS 16 255 3 0.5",
            "PAIRS 16 255 2048 0.5",
            "PAIRS 16 255 1 0",
            "PAIRS 16 255 1 NaN",
            "PAIRS 16 255 1 Infinity",
            "PAIRS 16 255 1 -1",
            "PAIRS 16 255 x 0.5")) {
      assertEquals(Optional.empty(), KernelTiming.read(line), line);
    }
  }

  @Test
  void aTimingIsReadAsItWasWritten() {
    KernelTiming timing =
        new KernelTiming(
            new KernelChoice(Arithmetic.INTEGER, new Variant.Shape(4, 8, 128)), 0.0625);
    assertEquals(Optional.of(timing), KernelTiming.read(timing.line()));
    assertEquals(
        "integer arithmetic (4 x 8 x 128) at 0.06 of a copy, float32 pairs at 2.00",
        KernelTiming.text(
            List.of(
                timing,
                new KernelTiming(
                    new KernelChoice(Arithmetic.PAIRS, new Variant.Shape(8, 8, 1)), 2))));
  }

  @Test
  void theWideCoreIsNotMeasured() throws Exception {
    KernelChoices choices = choices(PAIRS_FIRST);
    for (Conversion conversion :
        List.of(
            Conversion.of(Direction.TO_EXPOSURE, SampleType.FLOAT64, SampleType.FLOAT32),
            Conversion.of(Direction.TO_EXPOSURE, SampleType.FLOAT32, SampleType.FLOAT64))) {
      assertEquals(Optional.of(List.of()), choices.measured(ConversionKind.of(conversion)));
      assertEquals(choices.preferred(), choices.of(conversion));
    }
  }

  @Test
  void onlyWhatIsNotKnownIsMeasured() throws Exception {
    OpenCl openCl = OpenCl.probe(faulty.cl());
    try (OpenClEngine engine =
        openCl.open(TestDevice.of(openCl), options(PAIRS_FIRST), TestDevice.PATIENT)) {
      int[] parts = {0};
      engine.tune(EXPOSURE, () -> parts[0]++);
      assertTrue(parts[0] > 2);
      parts[0] = 0;
      engine.tune(EXPOSURE, () -> parts[0]++);
      assertEquals(0, parts[0]);
      assertTrue(engine.speeds().contains("exposure from float32 to float32: "), engine.speeds());
      assertTrue(engine.speeds().contains(" of a copy"), engine.speeds());
    }
    assertTrue(choices(PAIRS_FIRST).measured(EXPOSURE).isPresent());
    assertEquals(List.of(), faulty.live());
  }

  private void note() {
    faulty.set((ordinal, call, arguments, proceed) -> {
      if (call.equals("clCreateProgramWithSource")) {
        built.add(((String) arguments[1]).contains("K1_LOW"));
      }
      return proceed.call();
    });
  }

  private static void convert(Engine engine, ConversionKind kind) throws EngineFailure {
    try (Arena arena = Arena.ofShared()) {
      assertEquals(
          1,
          engine
              .convert(kind.example(), Chunk.of(arena.allocate(64, 64), arena.allocate(64, 64), 16))
              .channels());
    }
  }

  private void measured(ConversionKind kind, Arithmetic arithmetic) throws Exception {
    KernelChoice choice = KernelChoice.preferred(TestDevice.of(TestDevice.openCl()), arithmetic);
    choices(PAIRS_FIRST).put(kind, List.of(new KernelTiming(choice, 0.5)));
  }

  private KernelChoices choices(List<Arithmetic> arithmetics) throws Exception {
    OpenCl openCl = OpenCl.probe(faulty.cl());
    OpenClDevice device = TestDevice.of(openCl);
    EngineOptions options = options(arithmetics);
    try (Context context = Context.create(openCl.usable(device))) {
      ProgramStore programs = new ProgramStore(context, device, KernelSource::read, options);
      return new KernelChoices(device, arithmetics, programs, options.cache());
    }
  }

  private EngineOptions options(List<Arithmetic> arithmetics) {
    return new EngineOptions(
        1, 0, arithmetics, true, true, "", new PrivateFolder(folder.resolve("cache")));
  }

  private Engine open() throws EngineFailure {
    OpenCl openCl = OpenCl.probe(faulty.cl());
    return openCl.open(TestDevice.of(openCl), options(PAIRS_FIRST), TestDevice.PATIENT);
  }
}
