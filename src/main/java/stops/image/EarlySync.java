package stops.image;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Syncs a large file to the disk while it is being written, on a thread of its own, so that little
 * is left to sync at the end. Thread-safe.
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

  /** Notes that {@code bytes} more bytes were written. Begins a sync if there are enough. */
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

  /** Begins no further sync. */
  synchronized void stop() {
    over = true;
  }

  /**
   * Syncs the whole file.
   *
   * @throws IOException if this or an earlier sync failed: the system reports a lost write only
   *     once
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
