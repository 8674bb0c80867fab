package stops.engine.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.EngineFailure;
import stops.engine.Progress;
import stops.engine.Tally;

/**
 * A list of chunks that a pool converts, with its state: samples left, tallies and outcome. Sample
 * indices count through all chunks, as if the chunks were concatenated.
 */
final class Job {
  final EnginePlan plan;
  final Conversion conversion;
  final int workers;

  private final List<Chunk> chunks;
  private final List<Tally> tallies;
  private final long samples;
  private final Progress progress;
  private final List<Thread> threads = new ArrayList<>();
  private volatile @Nullable Throwable failure;
  private long doneSamples;
  private long toldSamples;
  private boolean telling;

  /**
   * Runs of samples that are not yet cut into pieces. Guarded by the lock of the {@link
   * LeaseQueue}.
   */
  private final Deque<Run> runs = new ArrayDeque<>();

  private long leftSamples;

  /** The samples from {@code first} inclusive to {@code end} exclusive. */
  private record Run(long first, long end) {
    long samples() {
      return end - first;
    }
  }

  /**
   * A job.
   *
   * @param workers number of threads that will work on it
   */
  Job(EnginePlan plan, List<Chunk> chunks, Progress progress, int workers) {
    this.plan = plan;
    this.conversion = plan.conversion();
    this.chunks = chunks;
    this.progress = progress;
    this.workers = workers;
    samples = chunks.stream().mapToLong(Chunk::samples).sum();
    tallies = chunks.stream().map(chunk -> new Tally(chunk.channels())).toList();
    takeBack(0, samples);
  }

  /**
   * The number of samples not yet cut into pieces. Guarded by the lock of the {@link LeaseQueue}.
   */
  long left() {
    return leftSamples;
  }

  /** The number of samples of a piece that suits a lane of {@code engine}. Guarded likewise. */
  long suiting(PoolEngine engine) {
    boolean copied = !engine.trusted() && chunks.stream().anyMatch(Loan::needsCopies);
    long most = PieceSize.suiting(engine.info, engine.laneRate(conversion), copied);
    for (Chunk chunk : chunks) {
      most = Math.min(most, engine.engine.mostSamples(conversion, chunk));
    }
    return most;
  }

  /**
   * Cuts a piece of {@code samples} samples, or fewer if the next run is shorter. Guarded likewise.
   */
  Piece cut(PoolEngine engine, long samples) {
    Run run = runs.remove();
    leftSamples -= run.samples();
    long end = run.first() + Math.min(samples, run.samples());
    takeBack(end, run.end());
    return new Piece(engine, run.first(), end - run.first());
  }

  /** Takes back a piece that was not converted. Guarded likewise. */
  void takeBack(Piece piece) {
    takeBack(piece.first(), piece.first() + piece.samples());
  }

  private void takeBack(long first, long end) {
    if (first < end) {
      runs.push(new Run(first, end));
      leftSamples += end - first;
    }
  }

  /**
   * The overlap of a piece with one chunk.
   *
   * @param chunk index of the chunk in the job
   * @param offset index of the first sample, counted from the start of the chunk
   * @param samples the slice of the chunk
   */
  record Part(int chunk, long offset, Chunk samples) {}

  /** The overlaps of {@code piece} with the chunks, without empty ones. */
  List<Part> parts(Piece piece) {
    List<Part> parts = new ArrayList<>();
    long start = 0;
    for (int i = 0; i < chunks.size(); i++) {
      Chunk chunk = chunks.get(i);
      long first = Math.max(piece.first(), start);
      long end = Math.min(piece.first() + piece.samples(), start + chunk.samples());
      if (first < end) {
        parts.add(new Part(i, first - start, chunk.slice(conversion, first - start, end - first)));
      }
      start += chunk.samples();
    }
    return parts;
  }

  static List<Chunk> chunks(List<Part> parts) {
    return parts.stream().map(Part::samples).toList();
  }

  /** Adds the tallies of the parts of {@code piece}, which is done. */
  synchronized void done(Piece piece, List<Part> parts, List<Tally> met) {
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      tallies.get(part.chunk()).add(met.get(i), part.offset());
    }
    doneSamples += piece.samples();
  }

  /**
   * Tells the listener how many samples are done, unless another thread is doing so: that thread
   * then tells it again. The caller holds no lock and no lane, so a listener may convert too.
   */
  void tellProgress() {
    for (long done = beginTelling(); done > 0; done = beginTelling()) {
      try {
        progress.converted(done, samples);
      } finally {
        endTelling();
      }
    }
  }

  /** The number of samples to tell; 0 if there is nothing to tell for this thread. */
  private synchronized long beginTelling() {
    if (telling || failure != null || toldSamples == doneSamples) {
      return 0;
    }
    telling = true;
    toldSamples = doneSamples;
    return toldSamples;
  }

  private synchronized void endTelling() {
    telling = false;
  }

  /** Whether the job has ended early, so that no further piece may begin. */
  boolean stopped() {
    return failure != null;
  }

  /** Registers the calling thread as working on this job, so that {@link #stop} interrupts it. */
  synchronized void enter() {
    threads.add(Thread.currentThread());
    if (failure != null) {
      Thread.currentThread().interrupt();
    }
  }

  /** Unregisters the calling thread and clears an interrupt by {@link #stop}. */
  synchronized void leave() {
    threads.remove(Thread.currentThread());
    if (failure != null) {
      Thread.interrupted();
    }
  }

  /** Ends the job early; the first reason counts. */
  synchronized void stop(Throwable reason) {
    if (failure == null) {
      failure = reason;
      for (Thread thread : threads) {
        if (thread != Thread.currentThread()) {
          thread.interrupt();
        }
      }
    }
  }

  /**
   * The tally of each chunk, or the failure of the job. Called when no thread works on it any more.
   */
  synchronized List<Tally> tallies() throws EngineFailure, InterruptedException {
    switch (failure) {
      case null -> {
        return tallies;
      }
      case EngineFailure e -> throw e;
      case InterruptedException e -> throw e;
      case CancellationException e -> throw new CancellationException(e.getMessage());
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(failure);
    }
  }
}
