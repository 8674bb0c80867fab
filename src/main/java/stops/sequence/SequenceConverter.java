package stops.sequence;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Converts the frames of a sequence, several at once: while one is synced to the disk, others are
 * read and converted. A frame that fails does not stop the others.
 */
public final class SequenceConverter {
  private static final int MOST_AT_ONCE = 8;

  private final FrameWork work;
  private final DoneFrames done;
  private final int atOnce;
  private volatile boolean stopping;

  /** Tells whether a frame is done already. Called by several threads at once. */
  @FunctionalInterface
  public interface DoneFrames {
    /** No frame is done. */
    DoneFrames NONE = frame -> false;

    /** Whether the output of {@code frame} is there already. */
    boolean has(Frame frame) throws InterruptedException;
  }

  /**
   * A converter, for one sequence.
   *
   * @param work converts each frame; frames in work share its threads and memory
   * @param threads number of threads that {@code work} has
   * @param done tells which frames to skip; called when their turn comes
   */
  public SequenceConverter(FrameWork work, int threads, DoneFrames done) {
    this.work = work;
    this.done = done;
    this.atOnce = Math.min(threads + 1, MOST_AT_ONCE);
  }

  /**
   * Converts all frames, and begins them in order.
   *
   * @throws InterruptedException if the calling thread was interrupted; frames that were in work
   *     then have no output, and nothing works on them any more
   */
  public void convert(List<Frame> frames, SequenceListener listener) throws InterruptedException {
    SequenceProgress progress = new SequenceProgress(frames.size(), listener);
    AtomicInteger next = new AtomicInteger();
    ExecutorService threads =
        Executors.newFixedThreadPool(
            atOnce, Thread.ofPlatform().daemon().name("stops-frame-", 0).factory());
    try {
      List<? extends Future<?>> workers =
          Stream.generate(() ->
                  threads.submit(() -> {
                    for (int i = next.getAndIncrement();
                        i < frames.size() && !stopping;
                        i = next.getAndIncrement()) {
                      convert(frames.get(i), progress.new OfFrame());
                    }
                  }))
              .limit(Math.min(atOnce, frames.size()))
              .toList();
      for (Future<?> worker : workers) {
        var unused = worker.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      stopping = true;
      threads.shutdownNow();
      threads.close();
    }
  }

  private void convert(Frame frame, SequenceProgress.OfFrame progress) {
    FrameReport report;
    try {
      report =
          done.has(frame)
              ? FrameReport.skipped(frame)
              : FrameReport.of(frame, work.convert(frame, progress::strips));
    } catch (Throwable e) {
      report = FrameReport.failed(frame, e);
    }
    // An interrupted frame has not failed and is not reported. It may end with any exception.
    if (!stopping || report.status() == FrameReport.Status.DONE) {
      progress.end(report);
    }
  }
}
