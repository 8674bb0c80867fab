package stops.strip;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;

/**
 * Memory for the strips that are in work at once, used over and over and all together within a
 * bound. A strip that alone is larger than the bound is worked on alone. Who asks first is served
 * first. Thread-safe.
 */
final class StripMemories implements AutoCloseable {
  private static final long SPARE_BYTES = 1 << 12;

  private final long mostBytes;
  private final Predicate<MemorySegment> held;
  private final Deque<Object> waiting = new ArrayDeque<>();
  private final Deque<StripMemory> idle = new ArrayDeque<>();
  private long reservedBytes;
  private boolean closed;

  /**
   * Memory within a bound.
   *
   * @param held see {@link StripMemory}
   */
  StripMemories(long mostBytes, Predicate<MemorySegment> held) {
    this.mostBytes = mostBytes;
    this.held = held;
  }

  /** Memory for one strip, until closed. */
  final class Lease implements AutoCloseable {
    final StripMemory memory;
    private final long bytes;

    private Lease(StripMemory memory, long bytes) {
      this.memory = memory;
      this.bytes = bytes;
    }

    @Override
    public void close() {
      giveBack(this);
    }
  }

  /** Waits until a strip of this size fits in, and gives it its memory. */
  synchronized Lease take(long stripBytes) throws InterruptedException {
    Object turn = new Object();
    waiting.addLast(turn);
    try {
      while (waiting.peekFirst() != turn || !fits(stripBytes)) {
        wait();
      }
    } finally {
      waiting.remove(turn);
      notifyAll();
    }
    reservedBytes += stripBytes;
    try {
      return new Lease(memory(stripBytes), stripBytes);
    } catch (Throwable e) {
      // What is too large for this machine must not hold up what is not.
      reservedBytes -= stripBytes;
      notifyAll();
      throw e;
    }
  }

  /** An idle memory that suits such a strip, or a new one. */
  private StripMemory memory(long stripBytes) {
    StripMemory memory = idle.pollLast();
    if (memory != null && memory.bytes() > stripBytes + stripBytes / 4 + SPARE_BYTES) {
      memory.close(); // It was for larger strips.
      memory = null;
    }
    long kept = idle.stream().mapToLong(StripMemory::bytes).sum();
    while (!idle.isEmpty() && kept > mostBytes - reservedBytes) {
      StripMemory spare = idle.removeFirst();
      kept -= spare.bytes();
      spare.close();
    }
    return memory == null ? new StripMemory(stripBytes, held) : memory;
  }

  private boolean fits(long bytes) {
    return reservedBytes == 0 || bytes <= mostBytes - reservedBytes;
  }

  private synchronized void giveBack(Lease lease) {
    reservedBytes -= lease.bytes;
    if (closed) {
      lease.memory.close();
    } else {
      idle.addLast(lease.memory);
    }
    notifyAll();
  }

  /** Frees what is idle, and whatever is given back later. */
  @Override
  public synchronized void close() {
    closed = true;
    idle.forEach(StripMemory::close);
    idle.clear();
  }
}
