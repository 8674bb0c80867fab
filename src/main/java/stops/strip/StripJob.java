package stops.strip;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import stops.engine.EngineFailure;
import stops.image.ImageException;

/** Distributes the strips of one file to several threads, until all are done or one has failed. */
final class StripJob implements Runnable {
  private final int strips;
  private final long stripBytes;
  private final StripWork work;
  private final StripMemories memories;
  private final List<Thread> threads = new ArrayList<>();
  private int next;
  private @Nullable Throwable failure;

  StripJob(int strips, long stripBytes, StripWork work, StripMemories memories) {
    this.strips = strips;
    this.stripBytes = stripBytes;
    this.work = work;
    this.memories = memories;
  }

  /** Works on strips until none is left or the job has failed. */
  @Override
  public void run() {
    if (!enter()) {
      return;
    }
    try {
      while (more()) {
        // Memory is taken before a strip, so that every strip taken makes progress and others can
        // wait for it.
        try (StripMemories.Lease lease = memories.take(stripBytes)) {
          int strip = take();
          if (strip >= 0) {
            lease.memory.reset();
            work.strip(strip, lease.memory);
          }
        }
      }
    } catch (Throwable e) {
      stop(e);
    } finally {
      leave();
    }
  }

  private synchronized boolean enter() {
    boolean some = more();
    if (some) {
      threads.add(Thread.currentThread());
    }
    return some;
  }

  private synchronized boolean more() {
    return next < strips && failure == null;
  }

  private synchronized int take() {
    return next < strips && failure == null ? next++ : -1;
  }

  private synchronized void leave() {
    threads.remove(Thread.currentThread());
    if (failure != null) {
      boolean unused = Thread.interrupted();
    }
    notifyAll();
  }

  /** Ends the job early; the first reason counts. */
  private synchronized void stop(Throwable reason) {
    if (failure == null) {
      failure = reason;
      threads.stream().filter(t -> t != Thread.currentThread()).forEach(Thread::interrupt);
      notifyAll();
    }
  }

  /**
   * Waits until all strips are done. However it returns, no thread works on the job any more.
   *
   * @throws InterruptedException if the calling thread was interrupted, which ends the job
   */
  synchronized void await() throws ImageException, EngineFailure, InterruptedException {
    while (!threads.isEmpty() || next < strips && failure == null) {
      try {
        wait();
      } catch (InterruptedException e) {
        stop(e);
      }
    }
    if (failure != null) {
      throwFailure(failure);
    }
  }

  private static void throwFailure(Throwable failure)
      throws ImageException, EngineFailure, InterruptedException {
    switch (failure) {
      case ImageException e -> throw e;
      case EngineFailure e -> throw e;
      case InterruptedException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(failure);
    }
  }
}
