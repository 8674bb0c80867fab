package stops.strip;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;

/**
 * Bounds the memory of all strips in work and reuses it. A strip that exceeds the bound alone waits
 * for all others. Requests are served in order. Thread-safe.
 */
final class StripMemories implements AutoCloseable {
  private final long mostBytes;
  private final Predicate<MemorySegment> held;
  private final Deque<Object> waiting = new ArrayDeque<>();
  private final Deque<StripMemory> idle = new ArrayDeque<>();
  private long reservedBytes;
  private boolean closed;

  /**
   * Memory of at most {@code mostBytes} bytes in use.
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

  /**
   * Waits until a strip of {@code stripBytes} bytes fits into the bound, and leases memory for it.
   */
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
      // A strip too large for this machine must not block smaller ones.
      reservedBytes -= stripBytes;
      notifyAll();
      throw e;
    }
  }

  /** Idle memory of a suitable size, or a new one. */
  private StripMemory memory(long stripBytes) {
    StripMemory memory = idle.pollLast();
    if (memory != null && memory.bytes() > stripBytes) {
      memory.close(); // It is too large to keep for this strip.
      memory = null;
    }
    long kept = idle.stream().mapToLong(StripMemory::bytes).sum();
    while (!idle.isEmpty() && kept > mostBytes - reservedBytes) {
      StripMemory spare = idle.removeFirst();
      kept -= spare.bytes();
      spare.close();
    }
    return memory == null ? new StripMemory(held) : memory;
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

  /** Frees idle memory now, and leased memory when it is given back. */
  @Override
  public synchronized void close() {
    closed = true;
    idle.forEach(StripMemory::close);
    idle.clear();
  }
}
