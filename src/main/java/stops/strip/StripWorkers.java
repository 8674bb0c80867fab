package stops.strip;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import stops.engine.EngineFailure;
import stops.engine.EngineInfo;
import stops.engine.EngineUse;
import stops.engine.pool.EnginePool;
import stops.image.ImageException;
import stops.image.MemoryBound;

/**
 * Threads and memory for work on the strips of files. Files in work at the same time share both.
 * The file that came first has priority on the threads. Thread-safe.
 */
public final class StripWorkers implements AutoCloseable {
  /** The most extra threads for work that waits for a disk. With one thread there are none. */
  private static final int MOST_SUBSTITUTES = 2;

  private final int count;
  private final int substituteCount;
  private final ExecutorService threads;
  private final ExecutorService substitutes;
  private final MemoryBound memory;
  private final StripMemories memories;

  private StripWorkers(int count, MemoryBound memory, Predicate<MemorySegment> held) {
    this.count = count;
    this.memory = memory;
    substituteCount = Math.min(MOST_SUBSTITUTES, count - 1);
    threads =
        Executors.newFixedThreadPool(
            count, Thread.ofPlatform().daemon().name("stops-strip-", 0).factory());
    substitutes =
        Executors.newFixedThreadPool(
            Math.max(1, substituteCount),
            Thread.ofPlatform().daemon().name("stops-strip-", count).factory());
    memories = new StripMemories(memory.strips(), held);
  }

  /**
   * Workers whose strips are converted by {@code engines}.
   *
   * @param threads number of threads, 1 or more, not counting those that wait for devices
   * @param memory bound of the memory of all files in work
   */
  public static StripWorkers converting(EnginePool engines, int threads, MemoryBound memory) {
    return new StripWorkers(threads + waiting(engines), memory, engines::holds);
  }

  /** The number of threads that only wait for devices: one for each lane. */
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
   * @param threads number of threads, 1 or more
   * @param memory bound of the memory of all files in work
   */
  public static StripWorkers reading(int threads, MemoryBound memory) {
    return new StripWorkers(threads, memory, segment -> false);
  }

  /**
   * Works on all strips of a file with all threads. See {@link #forEach(Path, int, long, boolean,
   * StripWork)}.
   */
  public void forEach(Path file, int strips, long stripBytes, StripWork work)
      throws ImageException, EngineFailure, InterruptedException {
    forEach(file, strips, stripBytes, false, work);
  }

  /**
   * Works on all strips of a file and returns when all are done. After this method has returned or
   * thrown, {@code work} is no longer called.
   *
   * @param file the file's name for messages
   * @param strips number of strips
   * @param stripBytes the most memory that the work on one strip takes, in bytes, on the heap and
   *     off it
   * @param waits whether the work often waits for a disk; extra threads then use the idle cores
   * @throws ImageException if a strip does not fit into the memory, or if the work threw it. After
   *     this and the other exceptions, the remaining strips are not worked on
   * @throws EngineFailure if the work threw it
   * @throws InterruptedException if the calling thread was interrupted
   */
  public void forEach(Path file, int strips, long stripBytes, boolean waits, StripWork work)
      throws ImageException, EngineFailure, InterruptedException {
    memory.checkStrip(file, stripBytes);
    StripJob job = new StripJob(strips, stripBytes, work, memories);
    for (int i = 0; i < Math.min(count, strips); i++) {
      threads.execute(job);
    }
    for (int i = 0; waits && i < Math.min(substituteCount, strips - count); i++) {
      substitutes.execute(job);
    }
    job.await();
  }

  /** The bound of the memory of all files in work. */
  public MemoryBound memory() {
    return memory;
  }

  /** The number of threads. */
  public int threads() {
    return count;
  }

  /** Frees the memory and ends the threads. No strip may be in work. */
  @Override
  public void close() {
    substitutes.close();
    threads.close();
    memories.close();
  }
}
