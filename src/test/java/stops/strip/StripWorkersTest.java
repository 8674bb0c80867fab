package stops.strip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import stops.image.ImageException;
import stops.image.MemoryBound;

class StripWorkersTest {
  private static final Path FILE = Path.of("a");
  private static final int STRIPS = 40;
  private static final long STRIP_BYTES = 1000;

  /** The number of times that a strip yields to let others begin. */
  private static final int CHANCES = 1000;

  /** Records which strips were worked on, and how many at the same time. */
  private static final class Watch {
    private final BitSet seen = new BitSet();
    private int now;
    private int most;

    synchronized void begin(int strip) {
      assertFalse(seen.get(strip), "strip " + strip + " twice");
      seen.set(strip);
      most = Math.max(most, ++now);
    }

    synchronized void end() {
      now--;
    }

    void pass(int strip) {
      begin(strip);
      letOthersBegin();
      end();
    }

    private static void letOthersBegin() {
      for (int i = 0; i < CHANCES; i++) {
        Thread.yield();
      }
    }

    /** As {@link #pass}, but the first one waits for another. */
    void passTogether(int strip) throws InterruptedException {
      begin(strip);
      synchronized (this) {
        notifyAll();
        while (most < 2) {
          wait();
        }
      }
      letOthersBegin();
      end();
    }
  }

  /** A bound of which strips get that much. */
  private static MemoryBound bound(long stripBytes) {
    return new MemoryBound(5 * stripBytes / 2 + 5);
  }

  @Test
  void everyStripIsWorkedOnOnce() throws Exception {
    Watch watch = new Watch();
    try (StripWorkers workers = StripWorkers.reading(4, bound(1 << 20))) {
      workers.forEach(FILE, STRIPS, STRIP_BYTES, (strip, memory) -> watch.pass(strip));
    }
    assertEquals(STRIPS, watch.seen.cardinality());
  }

  @Test
  void filesShareOneBoundOfMemory() throws Exception {
    Watch both = new Watch();
    try (StripWorkers workers = StripWorkers.reading(8, bound(3 * STRIP_BYTES + 500));
        var files = Executors.newFixedThreadPool(2)) {
      Future<?> first = files.submit(() -> passTogether(workers, both, 0));
      Future<?> second = files.submit(() -> passTogether(workers, both, STRIPS));
      first.get();
      second.get();
    }
    assertEquals(2 * STRIPS, both.seen.cardinality());
    assertTrue(both.most <= 3, both.most + " strips at once");
  }

  private static Object passTogether(StripWorkers workers, Watch watch, int first)
      throws Exception {
    workers.forEach(
        FILE, STRIPS, STRIP_BYTES, (strip, memory) -> watch.passTogether(first + strip));
    return watch;
  }

  private static Object pass(StripWorkers workers, Watch watch, int first) throws Exception {
    workers.forEach(FILE, STRIPS, STRIP_BYTES, (strip, memory) -> watch.pass(first + strip));
    return watch;
  }

  @Test
  void aStripLargerThanTheBoundIsRefusedAndNoneIsBegun() {
    Watch watch = new Watch();
    try (StripWorkers workers = StripWorkers.reading(4, bound(STRIP_BYTES - 10))) {
      ImageException e =
          assertThrows(
              ImageException.class,
              () ->
                  workers.forEach(FILE, STRIPS, STRIP_BYTES, (strip, memory) -> watch.pass(strip)));
      assertTrue(String.valueOf(e.getMessage()).startsWith("a: needs "), e.getMessage());
    }
    assertEquals(0, watch.seen.cardinality());
  }

  /**
   * Writers of EXR files wait for earlier strips. A strip taken by a thread must therefore have its
   * memory.
   */
  @Test
  void workMayWaitForTheStripsBefore() throws Exception {
    int[] next = {0};
    try (StripWorkers workers = StripWorkers.reading(4, bound(2 * STRIP_BYTES))) {
      workers.forEach(
          FILE,
          STRIPS,
          STRIP_BYTES,
          (strip, memory) -> {
            synchronized (next) {
              while (next[0] != strip) {
                next.wait();
              }
              next[0]++;
              next.notifyAll();
            }
          });
    }
    assertEquals(STRIPS, next[0]);
  }

  @Test
  void memoryIsUsedAgainForStripsOfItsSizeOnly() throws Exception {
    try (StripMemories memories = new StripMemories(100_000, memory -> false)) {
      StripMemory large;
      try (StripMemories.Lease lease = memories.take(90_000)) {
        large = lease.memory;
        large.allocate(70_000, 1);
      }
      try (StripMemories.Lease lease = memories.take(80_000)) {
        assertSame(large, lease.memory);
      }
      try (StripMemories.Lease a = memories.take(5000);
          StripMemories.Lease b = memories.take(3000)) {
        a.memory.allocate(5000, 1);
        b.memory.allocate(3000, 1);
        assertTrue(a.memory.bytes() + b.memory.bytes() <= 8000 + 128, "too much memory");
      }
    }
  }

  @Test
  void failureOfOneFileLeavesTheOtherAlone() throws Exception {
    Watch good = new Watch();
    ImageException damaged = ImageException.input(FILE, "damaged");
    AtomicInteger done = new AtomicInteger();
    try (StripWorkers workers = StripWorkers.reading(4, bound(1 << 20));
        var files = Executors.newSingleThreadExecutor()) {
      Future<?> other = files.submit(() -> pass(workers, good, 0));
      ImageException e =
          assertThrows(
              ImageException.class,
              () ->
                  workers.forEach(
                      FILE,
                      STRIPS,
                      STRIP_BYTES,
                      (strip, memory) -> {
                        if (strip == 5) {
                          throw damaged;
                        }
                        if (strip > 5) {
                          new CountDownLatch(1).await();
                        }
                        done.incrementAndGet();
                      }));
      assertSame(damaged, e);
      assertEquals(5, done.get(), "what came before it was done, what came after it was ended");
      other.get();
      assertEquals(5, done.get());
    }
    assertEquals(STRIPS, good.seen.cardinality());
  }

  @Test
  void interruptedCallerGetsControlBackWhenNothingIsInWork() throws Exception {
    CountDownLatch begun = new CountDownLatch(2);
    AtomicInteger inWork = new AtomicInteger();
    AtomicBoolean ended = new AtomicBoolean();
    try (StripWorkers workers = StripWorkers.reading(2, bound(1 << 20))) {
      Thread caller =
          Thread.ofPlatform()
              .start(() ->
                  assertThrows(
                      InterruptedException.class,
                      () -> {
                        try {
                          workers.forEach(
                              FILE, STRIPS, STRIP_BYTES, (strip, memory) -> sleep(begun, inWork));
                        } finally {
                          ended.set(inWork.get() == 0);
                        }
                      }));
      begun.await();
      caller.interrupt();
      caller.join();
      assertTrue(ended.get());
      Watch next = new Watch();
      workers.forEach(FILE, STRIPS, STRIP_BYTES, (strip, memory) -> next.pass(strip));
      assertEquals(STRIPS, next.seen.cardinality());
    }
  }

  private static void sleep(CountDownLatch begun, AtomicInteger inWork)
      throws InterruptedException {
    inWork.incrementAndGet();
    try {
      begun.countDown();
      new CountDownLatch(1).await();
    } finally {
      inWork.decrementAndGet();
    }
  }
}
