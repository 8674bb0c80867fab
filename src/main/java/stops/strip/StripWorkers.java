package stops.strip;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import stops.engine.EngineFailure;
import stops.engine.EngineInfo;
import stops.engine.EngineUse;
import stops.engine.pool.EnginePool;
import stops.image.ImageException;

/**
 * The threads and the memory that work on the strips of files. Files that are worked on at the same
 * time share both; the one that came first has the first call on the threads. Thread-safe.
 */
public final class StripWorkers implements AutoCloseable {
  /** Threads that step in for those that wait for a disk; one thread alone has none. */
  private static final int MOST_SUBSTITUTES = 2;

  private final int count;
  private final int substituteCount;
  private final ExecutorService threads;
  private final ExecutorService substitutes;
  private final StripMemories memories;

  private StripWorkers(int count, long memoryBytes, Predicate<MemorySegment> held) {
    this.count = count;
    substituteCount = Math.min(MOST_SUBSTITUTES, count - 1);
    threads =
        Executors.newFixedThreadPool(
            count, Thread.ofPlatform().daemon().name("stops-strip-", 0).factory());
    substitutes =
        Executors.newFixedThreadPool(
            Math.max(1, substituteCount),
            Thread.ofPlatform().daemon().name("stops-strip-", count).factory());
    memories = new StripMemories(memoryBytes, held);
  }

  /**
   * Workers whose strips are converted by {@code engines}.
   *
   * @param threads how many, 1 or more, besides those that wait for devices
   * @param memoryBytes how much memory strips in work may take, all together; one strip is always
   *     worked on, however large it is
   */
  public static StripWorkers converting(EnginePool engines, int threads, long memoryBytes) {
    return new StripWorkers(threads + waiting(engines), memoryBytes, engines::holds);
  }

  /** Threads that do nothing but wait for what they gave to a device. */
  private static int waiting(EnginePool engines) {
    return engines.uses().stream()
        .map(EngineUse::engine)
        .filter(engine -> !engine.kind().isOwn())
        .mapToInt(EngineInfo::lanes)
        .sum();
  }

  /**
   * Workers whose strips are not converted.
   *
   * @param threads how many, 1 or more
   * @param memoryBytes how much memory strips in work may take, all together
   */
  public static StripWorkers reading(int threads, long memoryBytes) {
    return new StripWorkers(threads, memoryBytes, memory -> false);
  }

  /**
   * Has all strips of a file worked on by all threads. See {@link #forEach(int, long, boolean,
   * StripWork)}.
   */
  public void forEach(int strips, long stripBytes, StripWork work)
      throws ImageException, EngineFailure, InterruptedException {
    forEach(strips, stripBytes, false, work);
  }

  /**
   * Has all strips of a file worked on and returns when that is done. However it returns, the work
   * is not called any more.
   *
   * @param strips how many there are
   * @param stripBytes how much memory the work takes for one strip, at most
   * @param waits whether the work waits for a disk a good part of the time: others go on meanwhile
   * @throws ImageException if the work threw it; the other strips are left alone then
   * @throws EngineFailure likewise
   * @throws InterruptedException if the calling thread was interrupted; likewise
   */
  public void forEach(int strips, long stripBytes, boolean waits, StripWork work)
      throws ImageException, EngineFailure, InterruptedException {
    StripJob job = new StripJob(strips, stripBytes, work, memories);
    for (int i = 0; i < Math.min(count, strips); i++) {
      threads.execute(job);
    }
    for (int i = 0; waits && i < Math.min(substituteCount, strips - count); i++) {
      substitutes.execute(job);
    }
    job.await();
  }

  /** How many threads there are. */
  public int threads() {
    return count;
  }

  /** Frees the memory and ends the threads; nothing may be in work. */
  @Override
  public void close() {
    substitutes.close();
    threads.close();
    memories.close();
  }
}
