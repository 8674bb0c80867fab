package stops.exr;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Works on numbers in parallel and begins with each in turn, as writers of EXR files ask. */
public final class InOrder {
  private InOrder() {}

  /** Has {@code work} done for 0 to {@code count - 1}. */
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
