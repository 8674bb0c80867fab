package stops.engine.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static stops.engine.Direction.TO_EXPOSURE;
import static stops.engine.SampleType.FLOAT32;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stops.Await;
import stops.cpu.ScalarEngine;
import stops.engine.Conversion;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.EngineInfo;
import stops.engine.Progress;
import stops.engine.pool.FaultyEngine.When;

/**
 * A pool survives engines that hang, callers that are interrupted, and being closed during work.
 */
class EnginePoolHangTest {
  private static final Conversion SAME = Conversion.of(TO_EXPOSURE, FLOAT32, FLOAT32);
  private static final Duration NEVER = Duration.ofDays(1);

  private final CountDownLatch hanging = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private final CompletableFuture<@Nullable Throwable> lateWrite = new CompletableFuture<>();

  /** Abandons a device as soon as it hangs, and a device that works never. */
  private final Standstill onceItHangs = nanos -> hanging.getCount() == 0;

  /** Hangs even when interrupted, and writes to the target when released. */
  private final FaultyEngine.Fault hangs =
      (real, conversion, chunk) -> {
        hanging.countDown();
        awaitRelease();
        try {
          chunk.target().fill((byte) 0xEE);
          lateWrite.complete(null);
        } catch (RuntimeException e) {
          lateWrite.complete(e);
        }
        throw new EngineFailure("late");
      };

  private final FaultyEngine.Fault hangsUntilInterrupted =
      (real, conversion, chunk) -> {
        hanging.countDown();
        try {
          release.await();
        } catch (InterruptedException e) {
          throw new EngineFailure("interrupted", e);
        }
        throw new EngineFailure("released");
      };

  private void awaitRelease() {
    while (true) {
      try {
        release.await();
        return;
      } catch (InterruptedException e) {
        // An interrupt does not end it.
      }
    }
  }

  /**
   * A pool that uses its first engine as long as that works. With a {@code stop} of {@link #NEVER},
   * it never abandons an interrupted call.
   */
  private static EnginePool pool(Standstill standstill, Duration stop, Engine... engines) {
    return new EnginePool(
        new ScalarEngine(),
        Stream.of(engines).map(engine -> new PoolMember(engine, "given")).toList(),
        (able, conversion, samples) -> new EngineChoice(able.subList(0, 1), "the first"),
        new PoolLimits(standstill, stop));
  }

  /** A device of one lane, so that the abandoned call is the one that hangs. */
  private static FaultyEngine device(When when, FaultyEngine.Fault fault) {
    EngineInfo info = new EngineInfo("0:0", EngineInfo.Kind.OPENCL_GPU, "GPU", "fake", 1, 1 << 16);
    return new FaultyEngine(info, new ScalarEngine(), when, fault);
  }

  @AfterEach
  void release() {
    release.countDown();
  }

  @Test
  void aPieceOfAnEngineThatHangsIsDoneElsewhereAndNotSpoiledLater() throws Exception {
    KnownChunk some = KnownChunk.random(SAME, 1_000_000, 1);
    try (EnginePool pool =
        pool(onceItHangs, Duration.ZERO, device(When.once(3), hangs), new ScalarEngine())) {
      Outcome outcome = pool.convertAll(SAME, some.chunk, Progress.NONE);
      some.assertConverted(outcome.tally());
      String message = outcome.uses().getFirst().faults().getFirst().message();
      assertTrue(message.matches("no progress in \\d+\\.\\d s"), message);
      assertTrue(pool.holds(some.chunk.target()));
      assertTrue(pool.holds(some.chunk.source()));
      assertThrows(EngineFailure.class, () -> pool.convert(SAME, some.chunk));
      KnownChunk other = KnownChunk.random(SAME, 100_000, 2);
      assertFalse(pool.holds(other.chunk.target()));
      other.assertConverted(pool.convert(SAME, other.chunk));

      release.countDown();
      assertInstanceOf(IllegalStateException.class, lateWrite.get());
      some.assertConverted(outcome.tally());
      Await.until("the device lets go", () -> !pool.holds(some.chunk.target()));
      some.assertConverted(pool.convert(SAME, some.chunk));
    }
  }

  @Test
  void inPlaceAnEngineThatHangsSpoilsNothing() throws Exception {
    KnownChunk some = KnownChunk.inPlace(SAME, 1_000_000, 1);
    try (EnginePool pool =
        pool(onceItHangs, Duration.ZERO, device(When.once(2), hangs), new ScalarEngine())) {
      Outcome outcome = pool.convertAll(SAME, some.chunk, Progress.NONE);
      release.countDown();
      lateWrite.get();
      some.assertConverted(outcome.tally());
    }
  }

  @Test
  void onTheHeapAnEngineThatHangsSpoilsNothing() throws Exception {
    KnownChunk some = KnownChunk.onHeap(SAME, 1_000_000, 1);
    try (EnginePool pool =
        pool(onceItHangs, Duration.ZERO, device(When.once(2), hangs), new ScalarEngine())) {
      Outcome outcome = pool.convertAll(SAME, some.chunk, Progress.NONE);
      release.countDown();
      lateWrite.get();
      some.assertConverted(outcome.tally());
    }
  }

  @Test
  void theMemoryOfAnInterruptedCallerIsHeldOnlyUntilTheDeviceReturns() throws Exception {
    KnownChunk some = KnownChunk.random(SAME, 1_000_000, 1);
    FaultyEngine device = device(When.once(1), hangsUntilInterrupted);
    try (EnginePool pool = pool(Standstill.of(NEVER), NEVER, device)) {
      FutureTask<InterruptedException> caller =
          new FutureTask<>(() ->
              assertThrows(
                  InterruptedException.class,
                  () -> pool.convertAll(SAME, some.chunk, Progress.NONE)));
      Thread thread = Thread.ofPlatform().start(caller);
      hanging.await();
      thread.interrupt();
      caller.get();
      assertFalse(pool.holds(some.chunk.source()));
      assertFalse(pool.holds(some.chunk.target()));
      some.assertConverted(pool.convertAll(SAME, some.chunk, Progress.NONE).tally());
    }
  }

  @Test
  void anEngineThatCanBeInterruptedHoldsNothing() throws Exception {
    KnownChunk some = KnownChunk.random(SAME, 1_000_000, 1);
    FaultyEngine device = device(When.always(), hangsUntilInterrupted);
    try (EnginePool pool = pool(onceItHangs, NEVER, device, new ScalarEngine())) {
      some.assertConverted(pool.convertAll(SAME, some.chunk, Progress.NONE).tally());
      assertFalse(pool.holds(some.chunk.target()));
      assertEquals(0, device.running.get());
    }
  }

  @Test
  void ifAllHangTheCallerHearsOfIt() {
    KnownChunk some = KnownChunk.random(SAME, 1_000_000, 1);
    try (EnginePool pool = pool(onceItHangs, Duration.ZERO, device(When.always(), hangs))) {
      assertThrows(EngineFailure.class, () -> pool.convertAll(SAME, some.chunk, Progress.NONE));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anInterruptedCallerGetsAwayFromAnEngineThatHangs(boolean forEver) throws Exception {
    FaultyEngine.Fault fault = forEver ? hangs : hangsUntilInterrupted;
    Duration stop = forEver ? Duration.ZERO : NEVER;
    KnownChunk some = KnownChunk.random(SAME, 1_000_000, 1);
    try (EnginePool pool = pool(Standstill.of(NEVER), stop, device(When.always(), fault))) {
      FutureTask<@Nullable Void> caller =
          new FutureTask<>(() -> {
            assertThrows(
                InterruptedException.class, () -> pool.convertAll(SAME, some.chunk, Progress.NONE));
            assertFalse(Thread.currentThread().isInterrupted());
            return null;
          });
      Thread thread = Thread.ofPlatform().start(caller);
      hanging.await();
      thread.interrupt();
      caller.get();
      assertEquals(List.of(), pool.uses().getFirst().faults());
    }
  }

  @Test
  void anInterruptedCallerGetsAwayFromALongConversion() throws Exception {
    KnownChunk some = KnownChunk.random(SAME, 3_000_000, 1);
    Thread caller = Thread.currentThread();
    try (EnginePool pool = pool(Standstill.of(NEVER), NEVER, new ScalarEngine())) {
      assertThrows(
          InterruptedException.class,
          () ->
              pool.convertAll(
                  SAME,
                  some.chunk,
                  (done, total) -> {
                    assertTrue(done < total, "did not stop");
                    caller.interrupt();
                  }));
      assertFalse(Thread.interrupted());
      some.assertConverted(pool.convertAll(SAME, some.chunk, Progress.NONE).tally());
    }
  }

  @Test
  void closingThePoolEndsItsConversions() throws Exception {
    KnownChunk some = KnownChunk.random(SAME, 1_000_000, 1);
    FaultyEngine device = device(When.always(), hangs);
    EnginePool pool = pool(Standstill.of(NEVER), Duration.ZERO, device);
    FutureTask<@Nullable Void> caller =
        new FutureTask<>(() -> {
          assertThrows(
              CancellationException.class, () -> pool.convertAll(SAME, some.chunk, Progress.NONE));
          assertFalse(Thread.currentThread().isInterrupted());
          return null;
        });
    Thread.ofPlatform().start(caller);
    hanging.await();
    pool.close();
    caller.get();
    assertFalse(device.closed.get(), "closed while it is still at work");
    release.countDown();
    Await.until("the device is closed", device.closed::get);
  }
}
