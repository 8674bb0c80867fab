package stops.cli.batch;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a batch, as they arrive. A thread of its own reads them, one line ahead, since an
 * interrupt does not end a read from a pipe. Text is UTF-8 in every locale. Thread-safe.
 */
final class JobLines implements AutoCloseable {
  /** The longest line, in bytes. */
  static final int MOST_BYTES = 1 << 20;

  private final SynchronousQueue<Item> queue = new SynchronousQueue<>();
  private final ReentrantLock turn = new ReentrantLock();
  private final Thread reader;
  private @Nullable End end;

  /** What the reader hands over. */
  private sealed interface Item {}

  /**
   * A line.
   *
   * @param number its number, from 1
   * @param text its text; null if it is longer than {@link #MOST_BYTES}
   */
  record Line(long number, @Nullable String text) implements Item {}

  /**
   * What is behind the last line.
   *
   * @param failure why no more can be read; null if there is no more
   */
  private record End(@Nullable IOException failure) implements Item {}

  /** Opens what has the lines. */
  @FunctionalInterface
  interface Source {
    InputStream open() throws IOException;
  }

  JobLines(Source source) {
    reader = Thread.ofPlatform().daemon().name("stops-jobs").start(() -> read(source));
  }

  /**
   * Waits for the next line; empty behind the last one.
   *
   * @throws IOException if no more lines can be read
   */
  Optional<Line> next() throws IOException, InterruptedException {
    turn.lockInterruptibly();
    try {
      if (end == null) {
        switch (queue.take()) {
          case Line line -> {
            return Optional.of(line);
          }
          case End last -> end = last;
        }
      }
      if (end.failure() != null) {
        throw end.failure();
      }
      return Optional.empty();
    } finally {
      turn.unlock();
    }
  }

  private void read(Source source) {
    try {
      End end;
      try (InputStream in = new BufferedInputStream(source.open())) {
        long number = 1;
        for (Line line = line(in, number); line != null; line = line(in, ++number)) {
          queue.put(line);
        }
        end = new End(null);
      } catch (IOException e) {
        end = new End(e);
      }
      queue.put(end);
    } catch (InterruptedException e) {
      // Nobody wants more.
      return;
    }
  }

  private static @Nullable Line line(InputStream in, long number) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean tooLong = false;
    int next = in.read();
    if (next < 0) {
      return null;
    }
    for (; next >= 0 && next != '\n'; next = in.read()) {
      if (bytes.size() < MOST_BYTES) {
        bytes.write(next);
      } else {
        tooLong = true;
      }
    }
    if (tooLong) {
      return new Line(number, null);
    }
    String text = bytes.toString(StandardCharsets.UTF_8);
    int begin = number == 1 && text.startsWith("\uFEFF") ? 1 : 0;
    int end = text.endsWith("\r") ? text.length() - 1 : text.length();
    return new Line(number, text.substring(begin, end));
  }

  /** Ends the reading. A read that has begun goes on until something arrives. */
  @Override
  public void close() {
    reader.interrupt();
  }
}
