package stops.opencl;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import stops.engine.Chunk;
import stops.engine.Tally;
import stops.opencl.api.ClException;

/**
 * The lanes of a device, each used by one thread of its own at a time. All OpenCL calls are made on
 * these threads, so that a call that never returns holds up nobody else, not even the end of the
 * program. Thread-safe.
 */
final class LanePool {
  private final ExecutorService threads;
  private final Lane.LaneParts parts;
  private final SelfTest selfTest;
  private final ConcurrentLinkedDeque<Lane> idle = new ConcurrentLinkedDeque<>();
  private volatile long progressNanos = System.nanoTime();

  LanePool(Lane.LaneParts parts, int lanes, SelfTest selfTest) {
    this.selfTest = selfTest;
    this.parts = parts;
    String name = "opencl " + parts.context().driver().where();
    this.threads =
        Executors.newFixedThreadPool(lanes, Thread.ofPlatform().daemon().name(name, 0).factory());
  }

  /** Begins to convert {@code piece} as soon as a lane is free, unless it is cancelled before. */
  CompletableFuture<Tally> submit(BoundConversion job, Chunk piece, Cancellation cancellation) {
    CompletableFuture<Tally> result = new CompletableFuture<>();
    threads.execute(() -> {
      try {
        result.complete(convert(job, piece, cancellation));
      } catch (Throwable t) {
        result.completeExceptionally(t);
      }
    });
    return result;
  }

  /** When a piece was last finished, by {@link System#nanoTime}. */
  long progressNanos() {
    return progressNanos;
  }

  private Tally convert(BoundConversion job, Chunk piece, Cancellation cancellation)
      throws ClException, WrongSampleException {
    if (cancellation.isCancelled()) {
      throw new CancellationException();
    }
    Lane lane = idle.poll();
    if (lane == null) {
      lane = parts.open();
    }
    boolean done = false;
    try {
      selfTest.require(lane, job, piece);
      Tally tally = lane.convert(job, piece);
      done = true;
      return tally;
    } finally {
      progressNanos = System.nanoTime();
      if (done) {
        idle.push(lane);
      } else {
        selfTest.distrust();
        lane.close();
      }
    }
  }

  /**
   * Takes no more pieces, waits for those at work, and releases the device. Returns after {@code
   * patienceMillis} at the latest: what a device does not give back until then is released when it
   * does.
   */
  void close(long patienceMillis) {
    threads.shutdown();
    Thread releaser =
        Thread.ofPlatform()
            .daemon()
            .name("opencl release")
            .start(() -> {
              try {
                threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
                idle.forEach(Lane::close);
                parts.context().close();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    Patience.join(releaser, patienceMillis);
  }
}
