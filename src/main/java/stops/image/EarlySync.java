package stops.image;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Has a large file on the disk soon after it is written, on a thread of its own, so that little is
 * left to wait for in the end. Thread-safe.
 */
final class EarlySync {
  private static final long STEP_BYTES = 256L << 20;

  private final FileChannel channel;
  private final AtomicLong unsyncedBytes = new AtomicLong();
  private @Nullable Thread running;
  private @Nullable IOException failure;
  private boolean over;

  EarlySync(FileChannel channel) {
    this.channel = channel;
  }

  /** Notes that {@code bytes} more bytes were written, and begins to sync if that is worth it. */
  void written(long bytes) {
    if (unsyncedBytes.addAndGet(bytes) >= STEP_BYTES) {
      begin();
    }
  }

  private synchronized void begin() {
    if (!over && (running == null || !running.isAlive())) {
      unsyncedBytes.set(0);
      running = Thread.ofPlatform().daemon().name("stops-sync").start(this::sync);
    }
  }

  private void sync() {
    try {
      channel.force(false);
    } catch (IOException e) {
      synchronized (this) {
        failure = e;
      }
    }
  }

  /** Begins no more. */
  synchronized void stop() {
    over = true;
  }

  /**
   * Syncs all that was written.
   *
   * @throws IOException if that fails, or failed before: the system tells of a lost write only once
   */
  void finish() throws IOException {
    stop();
    channel.force(true);
    Thread last;
    synchronized (this) {
      last = running;
    }
    try {
      if (last != null) {
        last.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    synchronized (this) {
      if (failure != null) {
        throw failure;
      }
    }
  }
}
