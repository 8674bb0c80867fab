package stops.engine.pool;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Native memory for copies of pieces, used over and over. Thread-safe. What is never given back is
 * collected as garbage.
 */
final class ScratchMemory {
  private static final long ALIGNMENT = 4096;

  private final List<MemorySegment> free = new ArrayList<>();

  /** At least {@code bytes} bytes that hold anything. */
  MemorySegment take(long bytes) {
    synchronized (this) {
      for (int i = 0; i < free.size(); i++) {
        if (free.get(i).byteSize() >= bytes) {
          return free.remove(i);
        }
      }
      if (!free.isEmpty()) {
        free.removeFirst();
      }
    }
    return Arena.ofAuto().allocate(Math.max(bytes, ALIGNMENT), ALIGNMENT);
  }

  synchronized void giveBack(MemorySegment memory) {
    free.add(memory);
  }

  synchronized void clear() {
    free.clear();
  }
}
