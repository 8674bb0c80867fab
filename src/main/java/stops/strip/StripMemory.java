package stops.strip;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Allocates the memory of one strip at a time and reuses it for the next. Allocating advances an
 * offset, and {@link #reset} frees all allocations at once. The memory grows to the largest strip
 * and is not zeroed. None is taken before it is asked for, since what a file claims of its strips
 * need not be true. Confined to the thread that works on the strip.
 */
final class StripMemory implements SegmentAllocator, AutoCloseable {
  private static final long ALIGNMENT = 64;
  private static final long BLOCK_ALIGNMENT = 4096;

  private final Predicate<MemorySegment> held;
  private final List<Block> overflow = new ArrayList<>();
  private Block block;
  private long usedBytes;

  /**
   * Memory for strips.
   *
   * @param held whether a device that hangs may still use a segment, which is then neither reused
   *     nor freed
   */
  StripMemory(Predicate<MemorySegment> held) {
    this.held = held;
    block = new Block(ALIGNMENT);
  }

  /** A segment of native memory that can be freed by itself. */
  private static final class Block {
    private final Arena arena = Arena.ofShared();
    final MemorySegment bytes;

    Block(long size) {
      bytes = arena.allocate(size, BLOCK_ALIGNMENT);
    }

    void free(Predicate<MemorySegment> held) {
      if (!held.test(bytes)) {
        arena.close();
      }
    }
  }

  @Override
  public MemorySegment allocate(long byteSize, long byteAlignment) {
    long align = Math.max(ALIGNMENT, byteAlignment);
    long start = (usedBytes + align - 1) & -align;
    usedBytes = start + byteSize;
    if (usedBytes <= block.bytes.byteSize()) {
      return block.bytes.asSlice(start, byteSize);
    }
    Block more = new Block(Math.max(1, byteSize));
    overflow.add(more);
    return more.bytes.asSlice(0, byteSize);
  }

  /** The size of all native memory kept, in bytes, whether allocated or not. */
  long bytes() {
    return block.bytes.byteSize() + overflow.stream().mapToLong(b -> b.bytes.byteSize()).sum();
  }

  /** Frees all allocations. None of them may be used after this. */
  void reset() {
    freeOverflow();
    if (usedBytes > block.bytes.byteSize() || held.test(block.bytes)) {
      replace(usedBytes);
    }
    usedBytes = 0;
  }

  /**
   * Replaces the block by one of {@code bytes} bytes. The old block is freed first. If the new one
   * cannot be allocated, a tiny block takes its place.
   */
  private void replace(long bytes) {
    Block tiny = new Block(ALIGNMENT);
    block.free(held);
    block = tiny;
    try {
      block = new Block(Math.max(ALIGNMENT, bytes));
      tiny.free(held);
    } catch (OutOfMemoryError e) {
      // The next strip allocates each part separately, and fails if there is no memory.
      block = tiny;
    }
  }

  @Override
  public void close() {
    freeOverflow();
    block.free(held);
  }

  private void freeOverflow() {
    overflow.forEach(each -> each.free(held));
    overflow.clear();
  }
}
