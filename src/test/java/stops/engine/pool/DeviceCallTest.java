package stops.engine.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import stops.Await;
import stops.engine.EngineFailure;

class DeviceCallTest {
  private static final Duration NEVER = Duration.ofDays(1);
  private static final PoolLimits PATIENT = new PoolLimits(nanos -> false, NEVER);

  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void release() {
    release.countDown();
  }

  /** Hangs until released, even when interrupted. */
  private String hang() {
    begun.countDown();
    while (true) {
      try {
        release.await();
        return "late";
      } catch (InterruptedException e) {
        // An interrupt does not end it.
      }
    }
  }

  private DeviceCall<String> started(DeviceCall<String> call) throws InterruptedException {
    Thread.ofPlatform().daemon().start(call);
    begun.await();
    return call;
  }

  @Test
  void aCallReturnsWhatItsWorkReturns() throws Exception {
    assertEquals("done", DeviceCall.make(() -> "done", PATIENT));
  }

  @Test
  void aFailureReachesWhoeverWaits() {
    EngineFailure failure = new EngineFailure("broken");
    assertSame(
        failure,
        assertThrows(
            EngineFailure.class,
            () ->
                DeviceCall.make(
                    () -> {
                      throw failure;
                    },
                    PATIENT)));
    EngineFailure other =
        assertThrows(
            EngineFailure.class,
            () ->
                DeviceCall.make(
                    () -> {
                      throw new UnsatisfiedLinkError("driver");
                    },
                    PATIENT));
    assertInstanceOf(UnsatisfiedLinkError.class, other.getCause());
  }

  @Test
  void aCallThatStandsStillIsGivenUp() {
    PoolLimits limits = new PoolLimits(nanos -> begun.getCount() == 0, Duration.ZERO);
    EngineFailure failure =
        assertThrows(EngineFailure.class, () -> DeviceCall.make(this::hang, limits));
    assertInstanceOf(TimeoutException.class, failure.getCause());
  }

  @Test
  void whatOthersFinishIsProgress() throws Exception {
    DeviceCall<String> call = started(DeviceCall.of(this::hang));
    long[] looks = new long[1];
    Standstill afterTen =
        nanos -> {
          assertTrue(nanos < 0, "progress was made just now");
          return ++looks[0] == 10;
        };
    assertFalse(call.await(afterTen, () -> Long.MAX_VALUE / 2));
  }

  @Test
  void aCallThatCanBeInterruptedIsOverWhenItIsStopped() throws Exception {
    DeviceCall<String> call =
        started(
            DeviceCall.of(() -> {
              begun.countDown();
              new CountDownLatch(1).await();
              return "never";
            }));
    assertTrue(call.stop(Await.LIMIT));
    assertTrue(call.over().isCompletedExceptionally());
  }

  @Test
  void aCallThatWasGivenUpTellsWhenItIsOver() throws Exception {
    DeviceCall<String> call = started(DeviceCall.of(this::hang));
    assertFalse(call.stop(Duration.ZERO));
    assertFalse(call.over().isDone());
    release.countDown();
    assertEquals("late", call.over().get());
  }

  @Test
  void anInterruptEndsWaitingAndStaysPending() throws Exception {
    Thread.currentThread().interrupt();
    EngineFailure failure =
        assertThrows(
            EngineFailure.class,
            () -> DeviceCall.make(this::hang, new PoolLimits(nanos -> false, Duration.ZERO)));
    assertInstanceOf(InterruptedException.class, failure.getCause());
    assertTrue(Thread.interrupted());
  }
}
