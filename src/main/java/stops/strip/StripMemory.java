package stops.strip;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Memory for one strip at a time, used over and over: allocating is a bump of an offset, and {@link
 * #reset} takes everything back at once. It grows to the largest strip. Confined to the thread that
 * works on the strip; what it hands out is not zeroed.
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
   * @param bytes how much a strip takes, as far as is known
   * @param held whether a device that hangs may still use a piece of memory, which is then never
   *     used again nor freed
   */
  StripMemory(long bytes, Predicate<MemorySegment> held) {
    this.held = held;
    block = new Block(Math.max(ALIGNMENT, bytes));
  }

  /** A piece of native memory. */
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

  /** How much memory it keeps, whether allocated or not. */
  long bytes() {
    return block.bytes.byteSize() + overflow.stream().mapToLong(b -> b.bytes.byteSize()).sum();
  }

  /** Takes back all that was allocated; nothing of it may be used from here on. */
  void reset() {
    freeOverflow();
    if (usedBytes > block.bytes.byteSize() || held.test(block.bytes)) {
      replace(usedBytes + usedBytes / 8);
    }
    usedBytes = 0;
  }

  /** Frees the block before there is a larger one, and does with a tiny one if there is none. */
  private void replace(long bytes) {
    Block tiny = new Block(ALIGNMENT);
    block.free(held);
    block = tiny;
    try {
      block = new Block(Math.max(ALIGNMENT, bytes));
      tiny.free(held);
    } catch (OutOfMemoryError e) {
      // The next strip allocates what it needs piece by piece, and fails if it cannot.
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
