package stops.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.pool.EnginePool;

/** The source and target in host memory for all measurements. Confined to one thread. */
final class HostBuffers {
  /**
   * Bytes that are copied at once. From this size on, Java copies past the caches, as memcpy does,
   * which is as fast as the memory can be.
   */
  private static final long PIECE_BYTES = 4 << 20;

  private final long sizeBytes;
  private final List<MemorySegment> held = new ArrayList<>();
  private MemorySegment source;
  private MemorySegment target;

  HostBuffers(long sizeBytes) {
    this.sizeBytes = sizeBytes;
    source = allocate();
    target = allocate();
  }

  private MemorySegment allocate() {
    return Arena.ofAuto().allocate(sizeBytes, 4096);
  }

  /** The first {@code samples} samples of source and target. */
  Chunk chunk(Conversion conversion, long samples) {
    return Chunk.of(
        source.asSlice(0, samples * conversion.source().bytes()),
        target.asSlice(0, samples * conversion.target().bytes()),
        samples);
  }

  /** Allocates new memory if a device of {@code pool} that hangs may still use this one. */
  void leaveTo(EnginePool pool) {
    if (pool.holds(source) || pool.holds(target)) {
      held.add(source);
      held.add(target);
      source = allocate();
      target = allocate();
    }
  }

  /** Copies all of the source to the target on all cores, and returns the time, in seconds. */
  double copySeconds() {
    MemorySegment from = source;
    MemorySegment to = target;
    long start = System.nanoTime();
    LongStream.range(0, Math.ceilDiv(sizeBytes, PIECE_BYTES))
        .parallel()
        .forEach(piece -> {
          long at = piece * PIECE_BYTES;
          MemorySegment.copy(from, at, to, at, Math.min(PIECE_BYTES, sizeBytes - at));
        });
    double seconds = (System.nanoTime() - start) * 1e-9;
    return seconds;
  }

  /** Compares the target with the source. */
  void checkCopy() throws WrongResult {
    long wrong = source.mismatch(target);
    if (wrong >= 0) {
      throw new WrongResult("the copy differs at byte " + wrong);
    }
  }
}
