package stops.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jocl.CL;
import org.jocl.cl_command_queue;
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
import stops.math.KnownAnswers;
import stops.math.RawSamples;
import stops.opencl.api.Answer;
import stops.opencl.api.JoclCl;

/** A device must pass a self-test before its results are used. */
final class SelfTestTest {
  private static final Conversion TO_HALF =
      Conversion.of(Direction.TO_EXPOSURE, SampleType.FLOAT32, SampleType.FLOAT16);

  @TempDir Path folder = Path.of("");
  private FaultyCl faulty = new FaultyCl(new JoclCl());

  @BeforeEach
  void find() {
    TestDevice.openCl();
    faulty = new FaultyCl(new JoclCl());
  }

  @Test
  void aKernelWithAWrongCoefficientIsRefused() {
    replaceInSource("0x1.71547652b82fep0", "0x1.71547652c82fep0");
    EngineFailure failure = assertThrows(EngineFailure.class, () -> open(Arithmetic.FP64).close());
    assertTrue(message(failure).contains("self-test: exposure of "), message(failure));
    assertEquals(List.of(), faulty.live());
  }

  @Test
  void aFloat64KernelWithACoefficientOneUlpOffIsRefused() throws Exception {
    replaceInSource("0x3ff71547652b82feUL", "0x3ff71547652b82ffUL");
    refusesFloat64(Arithmetic.FP64, List.of(Direction.TO_EXPOSURE));
  }

  @Test
  void softwareArithmeticThatForgetsTheBitsShiftedOutIsRefused() throws Exception {
    replaceInSource("shifted | (shifted << shift != significand)", "shifted");
    refusesFloat64(Arithmetic.INTEGER, Direction.MAPS);
  }

  private void refusesFloat64(Arithmetic arithmetic, List<Direction> directions) throws Exception {
    try (Engine engine = open(arithmetic);
        Arena arena = Arena.ofShared()) {
      Chunk chunk = Chunk.of(arena.allocate(80, 8), arena.allocate(80, 8), 10);
      for (Direction direction : directions) {
        Conversion conversion = Conversion.of(direction, SampleType.FLOAT64, SampleType.FLOAT64);
        EngineFailure failure =
            assertThrows(EngineFailure.class, () -> engine.convert(conversion, chunk));
        assertTrue(message(failure).contains("self-test: "), message(failure));
        assertTrue(message(failure).contains("(float64 to float64) is "), message(failure));
      }
    }
    assertEquals(List.of(), faulty.live());
  }

  @Test
  void aDeviceWhoseDoublesAreWrongComputesInPairs() throws Exception {
    faulty.set((ordinal, call, arguments, proceed) -> {
      if (call.equals("clCreateProgramWithSource")) {
        arguments[1] =
            ((String) arguments[1]).replace("0x1.71547652b82fep0", "0x1.71547652c82fep0");
      }
      return proceed.call();
    });
    OpenCl openCl = OpenCl.probe(faulty.cl());
    EngineOptions options =
        new EngineOptions(
            1, 0, List.of(Arithmetic.values()), true, true, "", new PrivateFolder(folder));
    try (Engine engine = openCl.open(TestDevice.of(openCl), options)) {
      String detail = engine.info().detail();
      String way = ", float32 pairs, since OpenCL device " + engine.info().id() + " ";
      assertTrue(detail.contains(way), detail);
      assertTrue(detail.contains(" gave a wrong result, self-test: exposure of "), detail);
    }
    assertEquals(List.of(), faulty.live());
  }

  private void replaceInSource(String right, String wrong) {
    faulty.set((ordinal, call, arguments, proceed) -> {
      if (call.equals("clCreateProgramWithSource")) {
        String source = (String) arguments[1];
        assertTrue(source.contains(right), "the kernel has another coefficient");
        arguments[1] = source.replace(right, wrong);
      }
      return proceed.call();
    });
  }

  @Test
  void aDeviceWithOneWrongBitInSharedMemoryHasItsSamplesTransferred() throws Exception {
    ByteBuffer[] target = new ByteBuffer[1];
    AtomicInteger uploads = new AtomicInteger();
    faulty.set((ordinal, call, arguments, proceed) -> {
      Object result = proceed.call();
      if (call.equals("clCreateBuffer") && arguments[3] != null) {
        target[0] = (ByteBuffer) arguments[3];
      }
      if (call.equals("clEnqueueMapBuffer") && target[0] != null) {
        assertEquals(0, CL.clFinish((cl_command_queue) arguments[0]));
        target[0].put(4 * 54_321, (byte) (target[0].get(4 * 54_321) ^ 1));
        target[0] = null;
      }
      if (call.equals("clEnqueueWriteBuffer") && (long) arguments[2] > 4 * 54_321) {
        uploads.incrementAndGet();
      }
      return result;
    });
    open(Arithmetic.FP64).close();
    assertEquals(2, uploads.get(), "the known answers of both directions");
    assertEquals(List.of(), faulty.live());
  }

  @Test
  void oneWrongBitInWhatIsTransferredIsRefused() {
    faulty.set((ordinal, call, arguments, proceed) -> {
      Object result = proceed.call();
      if (call.equals("clEnqueueReadBuffer") && (long) arguments[2] > 4 * 54_321) {
        ByteBuffer target = (ByteBuffer) arguments[3];
        target.put(4 * 54_321, (byte) (target.get(4 * 54_321) ^ 1));
      }
      return result;
    });
    EngineFailure failure =
        assertThrows(EngineFailure.class, () -> open(Arithmetic.FP64, false).close());
    assertTrue(message(failure).contains("not all samples arrived"), message(failure));
    assertEquals(List.of(), faulty.live());
  }

  @Test
  void aDriverThatKnowsOfAMappingOnlyWhenItIsDoneIsWaitedFor() throws Exception {
    AtomicInteger pending = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    faulty.set((ordinal, call, arguments, proceed) -> {
      switch (call) {
        case "clEnqueueMapBuffer" -> pending.set(1);
        case "clFinish", "clEnqueueReadBuffer" -> pending.set(0);
        case "clEnqueueUnmapMemObject" -> {
          if (pending.get() == 1) {
            refused.incrementAndGet();
            return -30;
          }
        }
        case "clEnqueueWriteBuffer" ->
            assertTrue((long) arguments[2] < 4096, "it works in shared memory");
        default -> {}
      }
      return proceed.call();
    });
    open(Arithmetic.FP64).close();
    assertEquals(4, refused.get());
    assertEquals(List.of(), faulty.live());
  }

  @Test
  void aGpuThatRefusesLargeWorkGroupsIsGivenSmallerOnes() throws Exception {
    AtomicInteger refused = new AtomicInteger();
    faulty.set((ordinal, call, arguments, proceed) -> {
      if (call.equals("clGetDeviceInfo") && (int) arguments[1] == CL.CL_DEVICE_TYPE) {
        byte[] gpu = {(byte) CL.CL_DEVICE_TYPE_GPU, 0, 0, 0, 0, 0, 0, 0};
        return Answer.of(0, () -> gpu);
      }
      if (call.equals("clEnqueueNDRangeKernel") && (long) arguments[3] > 16) {
        refused.incrementAndGet();
        return -54;
      }
      return proceed.call();
    });
    open(Arithmetic.FP64).close();
    assertTrue(refused.get() > 0);
    assertEquals(List.of(), faulty.live());
  }

  @Test
  void aKernelThatDoesNotBuildIsAFailureWithTheCompilersWords() {
    faulty.set((ordinal, call, arguments, proceed) -> {
      if (call.equals("clCreateProgramWithSource")) {
        arguments[1] = "__kernel void convert() { nonsense; }";
      }
      return proceed.call();
    });
    EngineFailure failure = assertThrows(EngineFailure.class, () -> open(Arithmetic.FP64).close());
    assertTrue(
        message(failure).startsWith("clBuildProgram failed: CL_BUILD_PROGRAM_FAILURE (-11) on "),
        message(failure));
    assertTrue(message(failure).contains("nonsense"), message(failure));
    assertFalse(message(failure).contains("\n"), message(failure));
    assertEquals(List.of(), faulty.live());
  }

  @Test
  void theVerdictIsRememberedForTheSameKernel() throws Exception {
    open(Arithmetic.FP64).close();
    AtomicInteger runs = countRuns();
    open(Arithmetic.FP64).close();
    assertEquals(2, runs.get(), "only the two runs that convert one sample each way");
    open(Arithmetic.INTEGER).close();
    assertEquals(6, runs.get(), "another kernel proves itself anew");
  }

  @Test
  void afterAnErrorTheDeviceProvesItselfAgain() throws Exception {
    try (Engine engine = open(Arithmetic.FP64);
        Arena arena = Arena.ofShared()) {
      Chunk chunk = Chunk.of(arena.allocate(40, 4), arena.allocate(20, 2), 10);
      assertEquals(1, engine.convert(TO_HALF, chunk).channels());
      AtomicInteger runs = countRuns();
      assertEquals(1, engine.convert(TO_HALF, chunk).channels());
      assertEquals(1, runs.get());
      faulty.set((ordinal, call, arguments, proceed) ->
          call.equals("clEnqueueNDRangeKernel") ? Integer.valueOf(-5) : proceed.call());
      assertThrows(EngineFailure.class, () -> engine.convert(TO_HALF, chunk));
      runs = countRuns();
      assertEquals(1, engine.convert(TO_HALF, chunk).channels());
      assertEquals(2, runs.get());
    }
  }

  @Test
  void thereAreMoreThan65536KnownAnswersAndTheyHaveAllEdges() {
    assertTrue(KnownAnswers.SAMPLES >= 65_536);
    for (Direction direction : Direction.MAPS) {
      for (SampleType type : SampleType.values()) {
        Conversion conversion = Conversion.of(direction, type, SampleType.FLOAT32);
        try (Arena arena = Arena.ofConfined()) {
          MemorySegment source = arena.allocate((long) KnownAnswers.SAMPLES * type.bytes(), 8);
          new KnownAnswers(conversion).write(source);
          long infinity = stops.math.SampleBits.infinity(type);
          for (long edge : new long[] {0, 1, infinity - 1, infinity, infinity + 1}) {
            assertTrue(contains(source, type, edge), type + " " + edge);
          }
        }
      }
    }
  }

  private static boolean contains(MemorySegment source, SampleType type, long bits) {
    for (long i = 0; i < KnownAnswers.SAMPLES; i++) {
      if (RawSamples.get(source, type, i) == bits) {
        return true;
      }
    }
    return false;
  }

  private AtomicInteger countRuns() {
    AtomicInteger runs = new AtomicInteger();
    faulty.set((ordinal, call, arguments, proceed) -> {
      if (call.equals("clEnqueueNDRangeKernel")) {
        runs.incrementAndGet();
      }
      return proceed.call();
    });
    return runs;
  }

  private Engine open(Arithmetic arithmetic) throws EngineFailure {
    return open(arithmetic, true);
  }

  private Engine open(Arithmetic arithmetic, boolean sharedMemory) throws EngineFailure {
    OpenCl openCl = OpenCl.probe(faulty.cl());
    return openCl.open(
        TestDevice.of(openCl),
        TestDevice.options(1, 0, arithmetic, sharedMemory, new PrivateFolder(folder)));
  }

  private static String message(Exception e) {
    return String.valueOf(e.getMessage());
  }
}
