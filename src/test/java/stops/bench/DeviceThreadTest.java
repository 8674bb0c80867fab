package stops.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import stops.engine.EngineFailure;

class DeviceThreadTest {
  private static final Duration LONG = Duration.ofHours(1);

  @Test
  void returnsResultsAndFailuresOfCalls() throws Exception {
    try (DeviceThread thread = new DeviceThread("test", LONG)) {
      assertEquals(5, thread.call(() -> 5));
      EngineFailure failure = new EngineFailure("out of memory");
      assertSame(
          failure,
          assertThrows(
              EngineFailure.class,
              () ->
                  thread.call(() -> {
                    throw failure;
                  })));
      EngineFailure wrapped =
          assertThrows(
              EngineFailure.class,
              () ->
                  thread.call(() -> {
                    throw new IllegalStateException("a fault of the driver");
                  }));
      assertTrue(String.valueOf(wrapped.getMessage()).contains("a fault of the driver"));
      assertFalse(thread.isLost());
      assertEquals(6, thread.call(() -> 6));
    }
  }

  @Test
  void afterACallThatDoesNotReturnNothingMoreIsAsked() {
    CountDownLatch never = new CountDownLatch(1);
    AtomicBoolean asked = new AtomicBoolean();
    try (DeviceThread thread = new DeviceThread("test", Duration.ofMillis(20))) {
      EngineFailure failure =
          assertThrows(
              EngineFailure.class,
              () ->
                  thread.call(() -> {
                    never.await();
                    return true;
                  }));
      assertTrue(String.valueOf(failure.getMessage()).contains("no answer within"));
      assertTrue(thread.isLost());
      assertThrows(
          EngineFailure.class,
          () ->
              thread.call(() -> {
                asked.set(true);
                return true;
              }));
      assertFalse(asked.get());
    } finally {
      never.countDown();
    }
  }
}
