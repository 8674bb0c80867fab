package stops.verify;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import stops.cpu.ScalarEngine;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.Progress;
import stops.engine.SampleType;
import stops.engine.pool.EnginePool;

/**
 * Verifies an engine with all 2^32 float32 inputs of both maps. If the SHA-256 over all results is
 * the published one, every result is correctly rounded. Results that differ from those of a
 * reference engine are compared with the definition, one by one. If the SHA-256 is wrong although
 * no result differs, the reference is wrong too. The scalar engine then replaces it, which takes
 * minutes.
 *
 * <p>One run at a time; takes some 400 MiB of native memory.
 */
public final class FullVerification {
  private final Engine engine;
  private final Engine reference;
  private final boolean foreign;
  private final InputRange range;

  /**
   * A verification.
   *
   * @param engine the engine to verify
   * @param reference the CPU engine
   * @param foreign whether the engine is a device's own function, which is compared only where it
   *     and the definition mean the same
   */
  public FullVerification(Engine engine, Engine reference, boolean foreign) {
    this(engine, reference, foreign, InputRange.ALL);
  }

  /** Verifies only the inputs of {@code range}. */
  FullVerification(Engine engine, Engine reference, boolean foreign, InputRange range) {
    this.engine = engine;
    this.reference = reference;
    this.foreign = foreign;
    this.range = range;
  }

  /** Receives the progress of a verification. */
  @FunctionalInterface
  public interface PartProgress {
    /** {@code done} of {@code all} parts are done. */
    void parts(int done, int all);
  }

  /** Verifies both maps. If the engine fails, the certificate says so. */
  public Certificate run(PartProgress progress) throws InterruptedException {
    List<MapResult> maps = new ArrayList<>();
    int parts = range.chunks();
    try (EnginePool pool = EnginePool.unchecked(engine)) {
      try {
        for (Direction direction : Direction.MAPS) {
          int before = maps.size() * parts;
          maps.add(run(pool, direction, done -> progress.parts(before + done, 2 * parts)));
        }
      } catch (EngineFailure e) {
        return Certificate.failed(pool, maps, e);
      }
      return new Certificate(engine.info(), maps, null);
    }
  }

  private MapResult run(EnginePool pool, Direction direction, IntConsumer progress)
      throws EngineFailure, InterruptedException {
    MapResult result = run(pool, direction, reference, progress);
    if (result.passed() || result.misrounded() > 0) {
      return result;
    }
    try (Engine scalar = new ScalarEngine()) {
      return run(pool, direction, scalar, progress);
    }
  }

  private MapResult run(
      EnginePool pool, Direction direction, Engine reference, IntConsumer progress)
      throws EngineFailure, InterruptedException {
    long start = System.nanoTime();
    Conversion conversion = Conversion.of(direction, SampleType.FLOAT32, SampleType.FLOAT32);
    Errors errors = new Errors(conversion, foreign);
    MessageDigest digest = sha256();
    try (Arena arena = Arena.ofShared();
        ExecutorService hashing = Executors.newSingleThreadExecutor(daemon())) {
      MemorySegment[] sources = {allocate(arena), allocate(arena)};
      MemorySegment[] targets = {allocate(arena), allocate(arena)};
      MemorySegment expected = allocate(arena);
      Future<?> hashed = hashing.submit(() -> {});
      for (int part = 0; part < range.chunks(); part++) {
        MemorySegment source = sources[part & 1];
        MemorySegment target = targets[part & 1];
        fill(source, range.firstBits() + part * range.chunkSamples());
        pool.convertAll(conversion, Chunk.of(source, target, range.chunkSamples()), Progress.NONE);
        await(hashed);
        hashed = hashing.submit(() -> digest.update(target.asByteBuffer()));
        compare(conversion, reference, source, target, expected, errors);
        progress.accept(part + 1);
      }
      await(hashed);
    }
    return new MapResult(
        direction,
        SampleType.FLOAT32,
        SampleType.FLOAT32,
        range.inputs(),
        errors.misrounded(),
        errors.first(),
        errors.largestUlps(),
        false,
        HexFormat.of().formatHex(digest.digest()),
        range.sha256().get(direction),
        (System.nanoTime() - start) * 1e-9);
  }

  /** Compares the results with the reference's, and those that differ with the definition. */
  private void compare(
      Conversion conversion,
      Engine reference,
      MemorySegment source,
      MemorySegment target,
      MemorySegment expected,
      Errors errors)
      throws EngineFailure {
    reference.convert(conversion, Chunk.of(source, expected, range.chunkSamples()));
    for (long at = target.mismatch(expected); at >= 0; at = next(target, expected, at)) {
      long sample = at / Float.BYTES;
      errors.check(
          source.get(ValueLayout.JAVA_FLOAT, sample * Float.BYTES),
          Integer.toUnsignedLong(target.get(ValueLayout.JAVA_INT, sample * Float.BYTES)));
    }
  }

  /**
   * The byte offset of the first difference after the sample at byte {@code at}; −1 if there is
   * none.
   */
  private long next(MemorySegment a, MemorySegment b, long at) {
    for (long from = (at / Float.BYTES + 1) * Float.BYTES;
        from < range.chunkBytes();
        from += Float.BYTES) {
      if (a.get(ValueLayout.JAVA_INT, from) != b.get(ValueLayout.JAVA_INT, from)) {
        return from;
      }
    }
    return -1;
  }

  private void fill(MemorySegment source, int firstBits) {
    for (int i = 0; i < range.chunkSamples(); i++) {
      source.set(ValueLayout.JAVA_INT, 4L * i, firstBits + i);
    }
  }

  private MemorySegment allocate(Arena arena) {
    return arena.allocate(range.chunkBytes(), 64);
  }

  private static java.util.concurrent.ThreadFactory daemon() {
    return Thread.ofPlatform().daemon().name("stops-sha256").factory();
  }

  private static void await(@Nullable Future<?> future) throws InterruptedException {
    try {
      if (future != null) {
        var unused = future.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
