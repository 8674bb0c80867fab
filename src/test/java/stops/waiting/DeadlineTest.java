package stops.waiting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class DeadlineTest {
  private static final Deadline PAST = Deadline.after(Duration.ZERO);
  private static final Deadline FAR = Deadline.after(Duration.ofHours(1));

  @Test
  void endsTheWaitForWhatNeverHappens() {
    Deadline soon = Deadline.after(Duration.ofMillis(20));
    assertFalse(soon.await(nanos -> false));
    assertTrue(soon.isOver());
    assertEquals(0, soon.leftNanos());
  }

  @Test
  void waitsForWhatHappensInTime() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Thread thread = Thread.ofPlatform().daemon().start(begun::countDown);
    assertTrue(
        FAR.await(nanos -> {
          thread.join();
          return true;
        }));
    assertEquals(0, begun.getCount());
    assertFalse(FAR.isOver());
  }

  @Test
  void whatHappenedBeforeCountsAfterTheDeadline() {
    assertTrue(PAST.await(nanos -> nanos == 0));
  }

  @Test
  void goesOnWaitingWhenAnEventReturnsEarly() {
    List<Long> waits = new ArrayList<>();
    assertTrue(
        FAR.await(nanos -> {
          waits.add(nanos);
          return waits.size() == 3;
        }));
    assertEquals(3, waits.size());
    assertTrue(waits.stream().allMatch(nanos -> nanos > 0));
  }

  @Test
  void anInterruptDoesNotShortenTheWaitAndStaysPending() {
    List<Boolean> calls = new ArrayList<>();
    Thread.currentThread().interrupt();
    boolean happened =
        FAR.await(nanos -> {
          calls.add(Thread.currentThread().isInterrupted());
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
          return true;
        });
    assertTrue(Thread.interrupted());
    assertTrue(happened);
    assertEquals(List.of(true, false), calls);
  }

  @Test
  void anInterruptDoesNotProlongTheWait() {
    Thread.currentThread().interrupt();
    assertFalse(
        PAST.await(nanos -> {
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
          return false;
        }));
    assertTrue(Thread.interrupted());
  }

  @Test
  void theLongestLimitIsFarAhead() {
    assertFalse(Deadline.after(Duration.ofSeconds(Long.MAX_VALUE)).isOver());
  }
}
