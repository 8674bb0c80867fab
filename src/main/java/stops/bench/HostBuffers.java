package stops.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.pool.EnginePool;

/** The host memory that everything is measured on. Confined to one thread. */
final class HostBuffers {
  /** So long that Java copies past the caches, as memcpy does: the most that the memory gives. */
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

  /** The first {@code samples} samples of both. */
  Chunk chunk(Conversion conversion, long samples) {
    return Chunk.of(
        source.asSlice(0, samples * conversion.source().bytes()),
        target.asSlice(0, samples * conversion.target().bytes()),
        samples);
  }

  /** Takes other memory where a device of {@code pool} that hangs may still use this. */
  void leaveTo(EnginePool pool) {
    if (pool.holds(source) || pool.holds(target)) {
      held.add(source);
      held.add(target);
      source = allocate();
      target = allocate();
    }
  }

  /** Copies all of the source to the target on all cores, and returns how long that took. */
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
