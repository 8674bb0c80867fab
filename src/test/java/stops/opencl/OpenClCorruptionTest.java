package stops.opencl;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jocl.CL;
import org.jocl.cl_command_queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import stops.cache.PrivateFolder;
import stops.cpu.ScalarEngine;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.EngineFailure;
import stops.engine.SampleType;
import stops.engine.pool.EnginePool;
import stops.math.RawSamples;
import stops.opencl.api.JoclCl;

/** The pool detects a driver that reports success but delivers wrong samples. */
final class OpenClCorruptionTest {
  private static final int SAMPLES = 50_000;
  private static final int PIECE_SAMPLES = 10_007;
  private static final Conversion CONVERSION =
      Conversion.of(Direction.TO_INTENSITY, SampleType.FLOAT32, SampleType.FLOAT32);

  @TempDir Path folder = Path.of("");
  private FaultyCl faulty = new FaultyCl(new JoclCl());

  /** Kinds of damage to memory that a driver should have filled with {@code right} bytes. */
  enum Corruption {
    SKIPPED {
      @Override
      void corrupt(MemorySegment memory, byte[] before) {
        MemorySegment.copy(before, 0, memory, JAVA_BYTE, 0, before.length);
      }
    },
    SHIFTED {
      @Override
      void corrupt(MemorySegment memory, byte[] before) {
        MemorySegment.copy(memory, 0, memory, 4, memory.byteSize() - 4);
      }
    },
    TORN {
      @Override
      void corrupt(MemorySegment memory, byte[] before) {
        int half = before.length / 8 * 4;
        MemorySegment.copy(before, half, memory, JAVA_BYTE, half, before.length - half);
      }
    },
    TORN_BY_A_PAGE {
      @Override
      void corrupt(MemorySegment memory, byte[] before) {
        MemorySegment.copy(before, 8192, memory, JAVA_BYTE, 8192, 4096);
      }
    },
    TORN_BY_A_CACHE_LINE {
      @Override
      void corrupt(MemorySegment memory, byte[] before) {
        MemorySegment.copy(before, 10_048, memory, JAVA_BYTE, 10_048, 64);
      }
    },
    ONE_BIT {
      @Override
      void corrupt(MemorySegment memory, byte[] before) {
        memory.set(JAVA_BYTE, 7_777, (byte) (memory.get(JAVA_BYTE, 7_777) ^ 4));
      }
    },
    ZEROED {
      @Override
      void corrupt(MemorySegment memory, byte[] before) {
        memory.fill((byte) 0);
      }
    };

    abstract void corrupt(MemorySegment memory, byte[] before);
  }

  @BeforeEach
  void find() {
    TestDevice.openCl();
    faulty = new FaultyCl(new JoclCl());
  }

  static Stream<Boolean> sharing() {
    return Stream.of(true, false);
  }

  @ParameterizedTest
  @MethodSource("sharing")
  void whatIsNotCorruptedPasses(boolean sharedMemory) throws Exception {
    convert(sharedMemory);
  }

  @ParameterizedTest
  @MethodSource("sharing")
  void aKernelThatDoesNotRunIsNoticed(boolean sharedMemory) {
    assertNoticed(
        sharedMemory,
        (ordinal, call, arguments, proceed) ->
            call.equals("clEnqueueNDRangeKernel") && isThird()
                ? Integer.valueOf(0)
                : proceed.call());
  }

  /** Without transfers, no damage within a page can occur. */
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"TORN_BY_A_CACHE_LINE", "ONE_BIT"})
  void resultsInSharedMemoryThatAreOthersAreNoticed(Corruption corruption) {
    ByteBuffer[] last = new ByteBuffer[1];
    byte[][] before = new byte[1][];
    assertNoticed(
        true,
        (ordinal, call, arguments, proceed) -> {
          if (call.equals("clCreateBuffer") && arguments[3] instanceof ByteBuffer host) {
            last[0] = host;
            before[0] = MemorySegment.ofBuffer(host.duplicate().clear()).toArray(JAVA_BYTE);
          }
          Object result = proceed.call();
          if (call.equals("clEnqueueMapBuffer") && isThird()) {
            assertEquals(0, CL.clFinish((cl_command_queue) arguments[0]));
            corruption.corrupt(MemorySegment.ofBuffer(last[0].duplicate().clear()), before[0]);
          }
          return result;
        });
  }

  @ParameterizedTest
  @EnumSource
  void downloadsThatAreOthersAreNoticed(Corruption corruption) {
    assertNoticed(
        false,
        (ordinal, call, arguments, proceed) -> {
          if (!call.equals("clEnqueueReadBuffer") || (long) arguments[2] < 10_000 || !isThird()) {
            return proceed.call();
          }
          MemorySegment memory = memory(arguments);
          byte[] before = memory.toArray(JAVA_BYTE);
          Object result = proceed.call();
          corruption.corrupt(memory, before);
          return result;
        });
  }

  @ParameterizedTest
  @EnumSource
  void uploadsThatAreOthersAreNoticed(Corruption corruption) {
    byte[] stale = new byte[4 * PIECE_SAMPLES];
    new SplittableRandom(5).nextBytes(stale);
    assertNoticed(
        false,
        (ordinal, call, arguments, proceed) -> {
          if (!call.equals("clEnqueueWriteBuffer") || (long) arguments[2] < 10_000 || !isThird()) {
            return proceed.call();
          }
          MemorySegment memory = memory(arguments);
          byte[] right = memory.toArray(JAVA_BYTE);
          corruption.corrupt(memory, java.util.Arrays.copyOf(stale, right.length));
          Object result = proceed.call();
          MemorySegment.copy(right, 0, memory, JAVA_BYTE, 0, right.length);
          return result;
        });
  }

  private static MemorySegment memory(Object[] arguments) {
    return MemorySegment.ofBuffer(((ByteBuffer) arguments[3]).duplicate().clear())
        .asSlice(0, (long) arguments[2]);
  }

  private final AtomicInteger occasions = new AtomicInteger();

  private boolean isThird() {
    return occasions.incrementAndGet() == 3;
  }

  private void assertNoticed(boolean sharedMemory, FaultyCl.Fault fault) {
    EngineFailure failure =
        assertThrows(EngineFailure.class, () -> convertWith(sharedMemory, fault));
    String message = String.valueOf(failure.getMessage());
    assertTrue(
        message.contains("spot check") || message.contains("arrived as they were sent"),
        failure::toString);
    assertEquals(List.of(), faulty.live());
  }

  private void convert(boolean sharedMemory) throws Exception {
    convertWith(sharedMemory, (ordinal, call, arguments, proceed) -> proceed.call());
  }

  private void convertWith(boolean sharedMemory, FaultyCl.Fault fault) throws Exception {
    OpenCl openCl = OpenCl.probe(faulty.cl());
    EngineOptions options =
        TestDevice.options(
            1,
            PIECE_SAMPLES,
            Arithmetic.FP64,
            sharedMemory,
            new PrivateFolder(folder.resolve("cache")));
    try (Arena arena = Arena.ofShared();
        ScalarEngine scalar = new ScalarEngine();
        EnginePool pool = EnginePool.of(scalar, openCl.open(TestDevice.of(openCl), options))) {
      MemorySegment source = arena.allocate(4L * SAMPLES, 64);
      MemorySegment target = arena.allocate(4L * SAMPLES, 64);
      MemorySegment expected = arena.allocate(4L * SAMPLES, 64);
      SplittableRandom random = new SplittableRandom(3);
      for (int i = 0; i < SAMPLES; i++) {
        float sample = (float) random.nextDouble(-20, 20);
        RawSamples.put(source, SampleType.FLOAT32, i, Float.floatToRawIntBits(sample));
      }
      scalar.convert(CONVERSION, Chunk.of(source, expected, SAMPLES)).channels();
      faulty.set(fault);
      pool.convert(CONVERSION, Chunk.of(source, target, SAMPLES)).channels();
      assertArrayEquals(expected.toArray(JAVA_BYTE), target.toArray(JAVA_BYTE));
    }
  }
}
