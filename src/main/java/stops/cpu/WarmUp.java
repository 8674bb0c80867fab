package stops.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicLong;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.ExactStops;
import stops.engine.SampleType;

/**
 * Makes Java compile a vector loop, of a {@link VectorBlockConverter} or {@link VectorAdjuster}, on
 * a thread of its own. Compiling takes seconds, and until it is done the loop is a hundred times
 * slower than plain code. So it starts only when a conversion has had {@link #FIRST_SAMPLES}
 * samples.
 *
 * <p>Thread-safe.
 */
final class WarmUp {
  /** Samples that are converted without vectors before the warm-up starts. */
  private static final long FIRST_SAMPLES = 1 << 22;

  /**
   * Samples of a chunk that makes Java compile the loop. It is short, because the number of calls
   * triggers compilation.
   */
  private static final int SHORT_SAMPLES = 32 * VectorWidth.COUNT;

  /** Samples of a chunk that is timed to see whether the loop is compiled. */
  private static final int LONG_SAMPLES = 32 * SHORT_SAMPLES;

  /**
   * The loop is compiled if it takes less than this many times as long as plain code. The timed
   * samples contain many anomalies, which slow the loop down. Before it is compiled, the factor is
   * about 100.
   */
  private static final int FAR_LONGER = 4;

  /** Number of short chunks after which the whole loop is queued for compilation. */
  private static final int SHORT_CHUNKS = 1500;

  /**
   * Number of timings after which the warm-up gives up. They take a minute on an idle machine. They
   * take longer on a busy one, which also slows the compiler down.
   */
  private static final int MOST_LOOKS = 5000;

  private static final ExactStops SOME_STOPS = ExactStops.of(1.25);

  private final Conversion conversion;
  private final AtomicLong samples = new AtomicLong();
  private volatile boolean done;

  /** An example of the conversions that run the same loop as {@code conversion}. */
  static Conversion loop(Conversion conversion) {
    return conversion.direction().adjusts()
        ? Conversion.adjust(conversion.direction(), conversion.source(), SOME_STOPS)
        : Conversion.of(conversion.direction(), SampleType.FLOAT32, conversion.target());
  }

  /** A warm-up for the loop of {@code conversion}, which {@link #loop} gave. */
  WarmUp(Conversion conversion) {
    this.conversion = conversion;
  }

  /**
   * Whether the loop is compiled. If it is not, counts the samples of a chunk that is now converted
   * without it.
   */
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

  /**
   * Runs the loop until it is fast, or until the warm-up gives up. The samples take every path
   * through the loop.
   */
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
        VectorEngine.convertByVectors(conversion, part);
      }
      for (int look = 0; look < MOST_LOOKS && !done; look++) {
        Thread.sleep(10);
        VectorEngine.convertByVectors(conversion, part);
        VectorEngine.convertByVectors(conversion, part);
        long start = System.nanoTime();
        convertPlainly(chunk);
        long middle = System.nanoTime();
        VectorEngine.convertByVectors(conversion, chunk);
        done = System.nanoTime() - middle < FAR_LONGER * (middle - start);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void convertPlainly(Chunk chunk) {
    var unused =
        conversion.direction().adjusts()
            ? PlainAdjuster.convert(conversion, chunk)
            : ArrayBlockConverter.convert(conversion, chunk);
  }

  /**
   * A sample outside the range of the loop's fast pass. An exposure must not be a subnormal number:
   * many processors take a hundred times as long for a vector that contains one.
   */
  private float extreme() {
    return switch (conversion.direction()) {
      case TO_EXPOSURE -> Float.MIN_VALUE;
      case TO_INTENSITY -> IntensityRange.of(conversion.target()).underflow() * 0.8f;
      case SCALE, SHIFT -> Float.MAX_VALUE;
    };
  }
}
