package stops.convert;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory for one strip at a time, used over and over: allocating is a bump of an offset, and {@link
 * #reset} takes everything back at once. It grows to the largest strip. Confined to the thread that
 * works on the strip; what it hands out is not zeroed.
 */
final class StripMemory implements SegmentAllocator, AutoCloseable {
  private static final long ALIGNMENT = 64;

  private final List<Block> overflow = new ArrayList<>();
  private Block block = new Block(ALIGNMENT);
  private long usedBytes;

  /** A piece of native memory. */
  private static final class Block implements AutoCloseable {
    private final Arena arena = Arena.ofShared();
    final MemorySegment bytes;

    Block(long size) {
      bytes = arena.allocate(size, ALIGNMENT);
    }

    @Override
    public void close() {
      arena.close();
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

  /** Takes back all that was allocated; nothing of it may be used from here on. */
  void reset() {
    overflow.forEach(Block::close);
    overflow.clear();
    if (usedBytes > block.bytes.byteSize()) {
      block.close();
      block = new Block(usedBytes + usedBytes / 8);
    }
    usedBytes = 0;
  }

  @Override
  public void close() {
    overflow.forEach(Block::close);
    overflow.clear();
    block.close();
  }
}
