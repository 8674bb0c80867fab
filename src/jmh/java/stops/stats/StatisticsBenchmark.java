package stops.stats;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import stops.engine.SampleType;
import stops.image.Domain;

/**
 * Statistics of samples in memory on one thread, next to a plain copy of the same memory through
 * the caches, in billions of samples a second.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@Threads(2)
@State(Scope.Thread)
public class StatisticsBenchmark {
  private static final int SAMPLES = 1 << 25;

  /** 1 MiB of float32, which Java copies through the caches. */
  private static final long PIECE = 1 << 20;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment intensities = arena.allocate(4L * SAMPLES, 4096);
  private final MemorySegment exposures = arena.allocate(4L * SAMPLES, 4096);
  private final MemorySegment halves = arena.allocate(2L * SAMPLES, 4096);
  private final MemorySegment copy = arena.allocate(4L * SAMPLES, 4096);

  /** Fills in light as in a scene, with a deviation of two stops. */
  @Setup
  public void fill() {
    SplittableRandom random = new SplittableRandom(1);
    for (long i = 0; i < SAMPLES; i++) {
      float exposure = (float) (random.nextGaussian() * 2 - 2);
      float intensity = (float) Math.pow(2, exposure);
      exposures.setAtIndex(ValueLayout.JAVA_FLOAT, i, exposure);
      intensities.setAtIndex(ValueLayout.JAVA_FLOAT, i, intensity);
      halves.setAtIndex(ValueLayout.JAVA_SHORT, i, Float.floatToFloat16(intensity));
    }
  }

  @TearDown
  public void close() {
    arena.close();
  }

  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public MemorySegment plainCopy() {
    for (long at = 0; at < copy.byteSize(); at += PIECE) {
      MemorySegment.copy(intensities, at, copy, at, PIECE);
    }
    return copy;
  }

  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public Object ofFloat32Intensities() throws InterruptedException {
    return of(SampleType.FLOAT32, intensities, Domain.INTENSITY);
  }

  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public Object ofFloat32Exposures() throws InterruptedException {
    return of(SampleType.FLOAT32, exposures, Domain.EXPOSURE);
  }

  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public Object ofFloat16Intensities() throws InterruptedException {
    return of(SampleType.FLOAT16, halves, Domain.INTENSITY);
  }

  private static Object of(SampleType type, MemorySegment samples, Domain domain)
      throws InterruptedException {
    return MemoryStatistics.of(type, samples, domain, StatisticsRequest.USUAL_PERCENTS, 1);
  }
}
