package stops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static stops.engine.Direction.TO_EXPOSURE;
import static stops.engine.SampleType.FLOAT16;
import static stops.engine.SampleType.FLOAT32;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Progress;
import stops.opencl.TestDevice;

/** A caller's mistake is refused at once, on every engine alike, and costs no engine. */
class CallersMistakesTest {
  private static final Conversion FLOATS = Conversion.of(TO_EXPOSURE, FLOAT32, FLOAT32);
  private static final Conversion TO_HALF = Conversion.of(TO_EXPOSURE, FLOAT32, FLOAT16);

  static Stream<String> devices() {
    return Stream.of("cpu", TestDevice.of(TestDevice.openCl()).id(), "all");
  }

  /** The message of the exception that {@code action} throws, which is one line. */
  private static String refusal(Class<? extends Exception> type, Executable action) {
    String message = String.valueOf(assertThrows(type, action).getMessage());
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  private static void assertAllWork(Stops stops) throws Exception {
    float[] samples = new float[3_000_000];
    samples[0] = 8;
    Report report = stops.toExposure(samples, samples);
    assertEquals(3, samples[0]);
    report.engines().forEach(use -> assertEquals(List.of(), use.faults()));
  }

  @ParameterizedTest
  @MethodSource("devices")
  void memoryThatCannotBeWritten(String device) throws Exception {
    try (Stops stops = Stops.open(device)) {
      for (int samples : new int[] {1, 100_000}) {
        MemorySegment source = MemorySegment.ofArray(new float[samples]);
        FloatBuffer heap = FloatBuffer.allocate(samples).asReadOnlyBuffer();
        ByteBuffer target = ByteBuffer.allocateDirect(4 * samples);
        String message =
            refusal(
                IllegalArgumentException.class,
                () -> stops.convert(FLOATS, source, MemorySegment.ofBuffer(heap)));
        assertTrue(message.contains("the target is read-only"), message);
        refusal(
            IllegalArgumentException.class,
            () ->
                stops.convert(
                    FLOATS,
                    ByteBuffer.allocateDirect(4 * samples).order(ByteOrder.LITTLE_ENDIAN),
                    target.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN)));
      }
      assertAllWork(stops);
    }
  }

  @SuppressWarnings("NullAway")
  @ParameterizedTest
  @MethodSource("devices")
  void whatIsMissingOrTooShort(String device) throws Exception {
    assertThrows(NullPointerException.class, () -> new Conversion(null, FLOAT32, FLOAT32, 0, null));
    assertThrows(
        NullPointerException.class, () -> new Conversion(TO_EXPOSURE, FLOAT32, FLOAT32, 0, null));
    MemorySegment some = Arena.ofAuto().allocate(400, 4);
    assertThrows(NullPointerException.class, () -> Chunk.of(null, some, 100));
    assertThrows(NullPointerException.class, () -> Chunk.of(some, null, 100));
    refusal(
        IllegalArgumentException.class,
        () -> new Chunk(some, some, 100, Chunk.MOST_CHANNELS + 1, 0));
    try (Stops stops = Stops.open(device)) {
      Chunk good = Chunk.of(some, some, 100);
      assertThrows(NullPointerException.class, () -> stops.convert(FLOATS, good, null));
      assertThrows(NullPointerException.class, () -> stops.convert(null, good, Progress.NONE));
      // Four bytes times this number overflow to 0.
      Chunk absurd = Chunk.of(MemorySegment.NULL, MemorySegment.NULL, 1L << 62);
      refusal(IllegalArgumentException.class, () -> stops.convert(FLOATS, absurd, Progress.NONE));
      String message =
          refusal(
              IllegalArgumentException.class,
              () -> stops.convert(FLOATS, some, some.asSlice(0, 396)));
      assertEquals(
          "the target has 396 bytes, which is not the size of 100 float32 samples", message);
      message =
          refusal(
              IllegalArgumentException.class,
              () -> stops.convert(TO_HALF, new float[4], new float[2]));
      assertTrue(message.contains("float32 to float16"), message);
      assertAllWork(stops);
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void memoryThatOverlapsPartly(String device) throws Exception {
    int samples = 100_000;
    MemorySegment array = MemorySegment.ofArray(new float[2 * samples]);
    MemorySegment memory = Arena.ofAuto().allocate(8L * samples, 4);
    try (Stops stops = Stops.open(device)) {
      for (MemorySegment all : List.of(array, memory)) {
        MemorySegment source = all.asSlice(0, 4L * samples);
        for (long offset : new long[] {4, 2L * samples, 4L * samples - 4}) {
          String message =
              refusal(
                  IllegalArgumentException.class,
                  () -> stops.convert(FLOATS, source, all.asSlice(offset, 4L * samples)));
          assertTrue(message.contains("overlap"), message);
        }
        refusal(
            IllegalArgumentException.class,
            () -> stops.convert(TO_HALF, source, all.asSlice(0, 2L * samples)));
        stops.convert(FLOATS, source, all.asSlice(4L * samples));
        stops.convert(FLOATS, source, source);
      }
      assertAllWork(stops);
    }
  }

  @SuppressWarnings("MustBeClosedChecker")
  @ParameterizedTest
  @MethodSource("devices")
  void memoryThatIsGone(String device) throws Exception {
    try (Stops stops = Stops.open(device)) {
      for (Arena arena : List.of(Arena.ofShared(), Arena.ofConfined())) {
        MemorySegment gone = arena.allocate(400, 4);
        MemorySegment there = MemorySegment.ofArray(new float[100]);
        arena.close();
        String message =
            refusal(IllegalStateException.class, () -> stops.convert(FLOATS, gone, there));
        assertEquals("the arena of the source is closed", message);
        refusal(IllegalStateException.class, () -> stops.convert(FLOATS, there, gone));
      }
      assertAllWork(stops);
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void memoryOfAnotherThread(String device) throws Exception {
    try (Stops stops = Stops.open(device);
        Arena arena = Arena.ofConfined()) {
      for (int samples : new int[] {1, 100_000}) {
        MemorySegment source = arena.allocate(4L * samples, 4);
        MemorySegment target = MemorySegment.ofArray(new float[samples]);
        FutureTask<String> stranger =
            new FutureTask<>(() -> {
              refusal(WrongThreadException.class, () -> stops.convert(FLOATS, target, source));
              return refusal(
                  WrongThreadException.class, () -> stops.convert(FLOATS, source, target));
            });
        Thread.ofPlatform().start(stranger);
        assertEquals(
            "the arena of the source is confined to another thread; convert on that thread, or use"
                + " Arena.ofShared()",
            stranger.get());
      }
      assertAllWork(stops);
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void memoryOfTheCallersThreadIsNoMistakeWhateverItsSize(String device) throws Exception {
    try (Stops stops = Stops.open(device)) {
      for (int samples : new int[] {1, 1000, 3_000_000}) {
        try (Arena arena = Arena.ofConfined()) {
          MemorySegment source = arena.allocate(4L * samples, 4);
          source.setAtIndex(ValueLayout.JAVA_FLOAT, samples - 1, 8);
          MemorySegment target = arena.allocate(4L * samples, 4);
          Report report = stops.convert(FLOATS, source, target);
          assertEquals(3, target.getAtIndex(ValueLayout.JAVA_FLOAT, samples - 1));
          report.engines().forEach(use -> assertEquals(List.of(), use.faults()));
        }
      }
    }
  }
}
