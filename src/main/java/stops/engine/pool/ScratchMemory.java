package stops.engine.pool;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * A store of native memory for copies of pieces. Memory that is given back is used again; the
 * garbage collector frees memory that is not. Thread-safe.
 */
final class ScratchMemory {
  private static final long ALIGNMENT = 4096;

  private final List<MemorySegment> free = new ArrayList<>();

  /** At least {@code bytes} bytes, not zeroed. */
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
