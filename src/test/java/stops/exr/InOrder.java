package stops.exr;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Runs numbered tasks in parallel and starts them in order. EXR writers work best with chunks
 * started in order.
 */
public final class InOrder {
  private InOrder() {}

  /** Runs {@code work} for 0 to {@code count - 1}. */
  public static void forEach(int count, IntConsumer work) {
    AtomicInteger next = new AtomicInteger();
    IntStream.range(0, Runtime.getRuntime().availableProcessors())
        .parallel()
        .forEach(thread -> {
          for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
            work.accept(i);
          }
        });
  }
}
