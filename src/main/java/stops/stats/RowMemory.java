package stops.stats;

import java.util.concurrent.atomic.AtomicLong;

/** The memory that the counts of all channels may take together. Thread-safe. */
final class RowMemory {
  private final long most;
  private final AtomicLong taken = new AtomicLong();

  /**
   * Memory with a limit.
   *
   * @param most limit in bytes
   */
  RowMemory(long most) {
    this.most = most;
  }

  /** Takes memory for a row, in bytes; a negative number gives it back. */
  void take(long bytes) {
    long all = taken.addAndGet(bytes);
    if (all > most) {
      throw new Full(all);
    }
  }

  /** Whether so many bytes more are at most half of all. */
  boolean hasRoom(long bytes) {
    return taken.get() + bytes <= most / 2;
  }

  /** The counts need more memory than allowed. */
  static final class Full extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The memory taken so far, in bytes. */
    final long bytes;

    Full(long bytes) {
      super("the counts need more memory");
      this.bytes = bytes;
    }
  }
}
