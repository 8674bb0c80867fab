package stops.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicLong;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;

/**
 * Has Java compile a {@link Float32Loop}, on a thread of its own. Until that is done, which takes
 * seconds, the loop is a hundred times slower than plain code; so it is not even begun before there
 * was work enough to make it worth while.
 *
 * <p>Thread-safe.
 */
final class WarmUp {
  /** So many samples are converted without vectors first. */
  private static final long FIRST_SAMPLES = 1 << 22;

  /** A chunk to have the loops compiled: short, since it is how often they begin that counts. */
  private static final int SHORT_SAMPLES = 32 * VectorWidth.COUNT;

  /** A chunk to see whether they are: then they do not take far longer than plain code. */
  private static final int LONG_SAMPLES = 32 * SHORT_SAMPLES;

  /**
   * How many times as long as plain code they may take over samples that are all out of the
   * ordinary. Before they are compiled it is a hundred times.
   */
  private static final int FAR_LONGER = 4;

  /** After so many short chunks all that is to be compiled waits for its turn. */
  private static final int SHORT_CHUNKS = 1500;

  /**
   * After so many looks the loop will never be fast. It is a minute where nothing else runs; Java's
   * compiler, which gets less of a busy machine too, then has as much work behind it.
   */
  private static final int MOST_LOOKS = 5000;

  private final Conversion conversion;
  private final AtomicLong samples = new AtomicLong();
  private volatile boolean done;

  /** A warm-up for the loop of {@code conversion}. */
  WarmUp(Conversion conversion) {
    this.conversion = conversion;
  }

  /** Whether the loop is compiled. Otherwise so many samples are going to be converted without. */
  boolean done(long chunkSamples) {
    if (done) {
      return true;
    }
    long before = samples.getAndAdd(chunkSamples);
    if (before < FIRST_SAMPLES && before + chunkSamples >= FIRST_SAMPLES) {
      Thread.ofPlatform().daemon().name("stops-warm-up").start(this::run);
    }
    return false;
  }

  /** Runs the loop, on samples that take every path of it, until it is fast, or never will be. */
  private void run() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment source = arena.allocate((long) Float.BYTES * LONG_SAMPLES, Float.BYTES);
      float extreme = extreme();
      for (int i = 0; i < LONG_SAMPLES; i++) {
        float sample = i % 16 == 0 ? Float.NaN : i % 16 == 1 ? extreme : i % 512 / 16f - 12;
        source.setAtIndex(ValueLayout.JAVA_FLOAT, i, sample);
      }
      MemorySegment target = arena.allocate((long) conversion.target().bytes() * LONG_SAMPLES);
      Chunk chunk = Chunk.of(source, target, LONG_SAMPLES);
      Chunk part = chunk.slice(conversion, 0, SHORT_SAMPLES);
      for (int i = 0; i < SHORT_CHUNKS; i++) {
        Float32Run.convert(conversion, part);
      }
      for (int look = 0; look < MOST_LOOKS && !done; look++) {
        Thread.sleep(10);
        Float32Run.convert(conversion, part);
        Float32Run.convert(conversion, part);
        long start = System.nanoTime();
        Float32Blocks.convert(conversion, chunk);
        long middle = System.nanoTime();
        Float32Run.convert(conversion, chunk);
        done = System.nanoTime() - middle < FAR_LONGER * (middle - start);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * A sample that has a result, but not in the fast loop. An exposure is no subnormal number: many
   * processors take a hundred times as long over arithmetic with one, in every vector.
   */
  private float extreme() {
    return conversion.direction() == Direction.TO_EXPOSURE
        ? Float.MIN_VALUE
        : IntensityRange.of(conversion.target()).underflow() * 0.8f;
  }
}
