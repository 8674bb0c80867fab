package stops.opencl;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import stops.Await;
import stops.cache.PrivateFolder;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.SampleType;
import stops.engine.Tally;
import stops.math.Definition;
import stops.math.RawSamples;
import stops.math.SampleBits;
import stops.opencl.api.JoclCl;
import stops.opencl.api.OpenClDevice;

/**
 * When any OpenCL call fails, the results are right or the engine fails cleanly, and all objects
 * are released.
 */
final class OpenClFaultTest {
  private static final int SAMPLES = 3000;
  private static final Conversion CONVERSION =
      Conversion.of(Direction.TO_EXPOSURE, SampleType.FLOAT32, SampleType.FLOAT32);
  private static final List<Integer> ERRORS = List.of(-2, -4, -5, -6, -11, -12, -36, -54, -9999);

  /** How many of the errors each call gives. Neighbouring calls give others. */
  private static final int ERRORS_EACH = 3;

  @TempDir Path folder = Path.of("");

  private FaultyCl faulty = new FaultyCl(new JoclCl());
  private byte[] expected = new byte[0];

  @BeforeEach
  void warmUp() throws Exception {
    TestDevice.openCl();
    faulty = new FaultyCl(new JoclCl());
    expected = expected();
  }

  static Stream<Boolean> sharing() {
    return Stream.of(true, false);
  }

  @ParameterizedTest
  @MethodSource("sharing")
  void everyCallMayFail(boolean sharedMemory) throws Exception {
    boolean together = true;
    EngineOptions options = options(1, sharedMemory);
    faulty.fail(-1, 0, false);
    assertTrue(run(options, together), "without a fault it converts");
    faulty.fail(-1, 0, false);
    assertTrue(run(options, together));
    int calls = faulty.calls();
    int failures = 0;
    for (int at = 0; at < calls; at++) {
      for (int i = 0; i < ERRORS_EACH; i++) {
        int error = ERRORS.get((at * ERRORS_EACH + i) % ERRORS.size());
        for (boolean forEver : new boolean[] {false, true}) {
          faulty.fail(at, error, forEver);
          failures += run(options, together) ? 0 : 1;
        }
      }
    }
    assertTrue(failures > calls * ERRORS_EACH, "only " + failures + " faults were noticed");
  }

  @ParameterizedTest
  @MethodSource("sharing")
  void severalLanesMayFailAtOnce(boolean sharedMemory) throws Exception {
    boolean together = false;
    EngineOptions options = options(3, sharedMemory);
    faulty.fail(-1, 0, false);
    assertTrue(run(options, together));
    int calls = faulty.calls();
    for (int at = 0; at < calls; at++) {
      faulty.fail(at, -5, at % 2 == 0);
      run(options, together);
    }
  }

  /** A kernel that was started may use the caller's memory, also after an error. */
  @ParameterizedTest
  @MethodSource("sharing")
  void aCallThatFailsWaitsForWhatItHasStarted(boolean sharedMemory) throws Exception {
    OpenCl openCl = OpenCl.probe(faulty.cl());
    OpenClDevice device = TestDevice.find(openCl).orElseThrow();
    List<String> calls = new ArrayList<>();
    try (Engine engine = openCl.open(device, options(1, sharedMemory));
        Arena arena = Arena.ofShared()) {
      Chunk all = Chunk.of(source(arena), arena.allocate(4L * SAMPLES, 4), SAMPLES);
      List<Chunk> halves =
          List.of(all.slice(CONVERSION, 0, 1000), all.slice(CONVERSION, 1000, 1000));
      engine.convert(CONVERSION, halves);
      faulty.set((ordinal, call, arguments, proceed) -> {
        boolean second = call.equals("clEnqueueNDRangeKernel") && calls.contains(call);
        calls.add(second ? "refused" : call);
        return second ? (Object) (-5) : proceed.call();
      });
      assertThrows(EngineFailure.class, () -> engine.convert(CONVERSION, halves));
      List<String> after = calls.subList(calls.indexOf("refused"), calls.size());
      assertTrue(after.contains("clFinish"), calls.toString());
      faulty.fail(-1, 0, false);
    }
  }

  /** A call with an object that is released crashes the process. */
  @ParameterizedTest
  @MethodSource("sharing")
  void twoThreadsMayCloseAtOnce(boolean sharedMemory) throws Exception {
    OpenCl openCl = OpenCl.probe(faulty.cl());
    OpenClDevice device = TestDevice.find(openCl).orElseThrow();
    for (int i = 0; i < 100; i++) {
      Engine engine = openCl.open(device, options(1, sharedMemory));
      try (Arena arena = Arena.ofShared()) {
        engine.convert(
            CONVERSION, Chunk.of(source(arena), arena.allocate(4L * SAMPLES, 4), SAMPLES));
      }
      AtomicInteger ready = new AtomicInteger();
      Runnable close =
          () -> {
            ready.incrementAndGet();
            while (ready.get() < 2) {
              Thread.onSpinWait();
            }
            engine.close();
          };
      Thread other = Thread.ofPlatform().start(close);
      close.run();
      other.join();
      Await.until("the release", () -> faulty.live().isEmpty());
    }
    assertEquals(List.of(), faulty.wrongUses());
  }

  private EngineOptions options(int lanes, boolean sharedMemory) {
    return TestDevice.options(
        lanes, SAMPLES, Arithmetic.FP64, sharedMemory, new PrivateFolder(folder));
  }

  /**
   * Searches, opens an engine and converts three chunks, in one call or in parallel. Returns
   * whether all succeeded.
   */
  private boolean run(EngineOptions options, boolean together) {
    boolean converted = false;
    OpenCl openCl = OpenCl.probe(faulty.cl());
    Optional<OpenClDevice> device = TestDevice.find(openCl);
    if (device.isEmpty()) {
      assertFalse(openCl.problems().isEmpty());
    } else {
      converted = convert(openCl, device.get(), options, together);
    }
    assertEquals(List.of(), faulty.live());
    assertEquals(List.of(), faulty.wrongUses());
    return converted;
  }

  private boolean convert(
      OpenCl openCl, OpenClDevice device, EngineOptions options, boolean together) {
    // Where waiting fails too, the driver may write to this memory later.
    Arena arena = Arena.ofAuto();
    try (Engine engine = openCl.open(device, options)) {
      MemorySegment target = arena.allocate(4L * SAMPLES, 4);
      Chunk all = Chunk.of(source(arena), target, SAMPLES);
      List<Chunk> thirds = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        thirds.add(all.slice(CONVERSION, i * (SAMPLES / 3), SAMPLES / 3));
      }
      for (Tally tally : together ? engine.convert(CONVERSION, thirds) : atOnce(engine, thirds)) {
        assertEquals("nothing unusual", tally.toString());
      }
      assertArrayEquals(expected, target.toArray(JAVA_BYTE));
      return true;
    } catch (EngineFailure e) {
      String message = String.valueOf(e.getMessage());
      assertTrue(message.startsWith("cl") && message.contains(" on " + device.id() + " "), message);
      assertFalse(message.contains("\n"), message);
      return false;
    }
  }

  /** Converts each chunk by a call of its own, all at the same time. */
  private static List<Tally> atOnce(Engine engine, List<Chunk> chunks) throws EngineFailure {
    List<FutureTask<Tally>> calls = new ArrayList<>();
    for (Chunk chunk : chunks) {
      FutureTask<Tally> call = new FutureTask<>(() -> engine.convert(CONVERSION, chunk));
      calls.add(call);
      Thread.ofPlatform().daemon().start(call);
    }
    List<Tally> tallies = new ArrayList<>();
    EngineFailure failure = null;
    for (FutureTask<Tally> call : calls) {
      try {
        tallies.add(call.get());
      } catch (ExecutionException e) {
        failure = assertInstanceOf(EngineFailure.class, e.getCause());
      } catch (InterruptedException e) {
        throw new EngineFailure("interrupted", e);
      }
    }
    if (failure != null) {
      throw failure;
    }
    return tallies;
  }

  private static MemorySegment source(Arena arena) {
    MemorySegment source = arena.allocate(4L * SAMPLES, 4);
    for (int i = 0; i < SAMPLES; i++) {
      RawSamples.put(source, SampleType.FLOAT32, i, Float.floatToRawIntBits(0.5f + i));
    }
    return source;
  }

  private static byte[] expected() {
    Definition definition = new Definition(CONVERSION);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment source = source(arena);
      for (int i = 0; i < SAMPLES; i++) {
        long sample = RawSamples.get(source, SampleType.FLOAT32, i);
        RawSamples.put(
            source,
            SampleType.FLOAT32,
            i,
            definition.convert(SampleBits.value(SampleType.FLOAT32, sample)));
      }
      return source.toArray(JAVA_BYTE);
    }
  }
}
