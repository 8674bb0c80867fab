package stops.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.ExactStops;
import stops.engine.SampleType;

/**
 * Conversions of 256 MiB of float32 by the vector engine, next to a plain copy of the same memory,
 * in billions of samples a second. Each thread converts a part of its own, in chunks.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Threads(2)
public class ConversionBenchmark {
  /** 1 MiB of float32, which Java copies through the caches. */
  private static final int CHUNK_SAMPLES = 1 << 18;

  /** 4 MiB of float32, which Java copies past the caches, with streaming stores. */
  private static final int LARGE_CHUNK_SAMPLES = 1 << 20;

  private static final long SAMPLES = 1 << 26;

  /** Memory that all threads share. */
  @State(Scope.Benchmark)
  public static class Buffers {
    final Arena arena = Arena.ofShared();
    final MemorySegment intensities = arena.allocate(SAMPLES * Float.BYTES, 4096);
    final MemorySegment exposures = arena.allocate(SAMPLES * Float.BYTES, 4096);
    final MemorySegment zeros = arena.allocate(SAMPLES * Float.BYTES, 4096);
    final MemorySegment someZeros = arena.allocate(SAMPLES * Float.BYTES, 4096);
    final MemorySegment halves = arena.allocate(SAMPLES * Short.BYTES, 4096);
    final MemorySegment results = arena.allocate(SAMPLES * Double.BYTES, 4096);
    final AtomicInteger threads = new AtomicInteger();
    final VectorEngine engine = new VectorEngine(false);

    /**
     * Fills in light as in a scene: exposures are normally distributed, with a deviation of two
     * stops.
     */
    @Setup
    public void fill() {
      SplittableRandom random = new SplittableRandom(1);
      for (long i = 0; i < SAMPLES; i++) {
        float exposure = (float) (random.nextGaussian() * 2 - 2);
        float intensity = (float) Math.exp(exposure);
        exposures.setAtIndex(ValueLayout.JAVA_FLOAT, i, exposure);
        intensities.setAtIndex(ValueLayout.JAVA_FLOAT, i, intensity);
        someZeros.setAtIndex(ValueLayout.JAVA_FLOAT, i, random.nextInt(10) == 0 ? 0 : intensity);
        halves.setAtIndex(ValueLayout.JAVA_SHORT, i, Float.floatToFloat16(intensity));
      }
      results.fill((byte) 1);
    }

    @TearDown
    public void close() {
      arena.close();
    }
  }

  /** The next chunk of a thread. */
  @State(Scope.Thread)
  public static class Position {
    private long first;
    private long samples;
    private long next;
    private int round;

    /** Takes the thread's share of all samples. */
    @Setup(Level.Trial)
    public void share(Buffers buffers, org.openjdk.jmh.infra.ThreadParams threads) {
      samples = SAMPLES / threads.getThreadCount() / LARGE_CHUNK_SAMPLES * LARGE_CHUNK_SAMPLES;
      first = threads.getThreadIndex() * samples;
      next = first;
    }

    long chunk(int chunkSamples) {
      long chunk = next;
      next += chunkSamples;
      if (next >= first + samples) {
        next = first;
        round++;
      }
      return chunk;
    }
  }

  private static Object convert(
      Buffers buffers,
      Position position,
      MemorySegment source,
      MemorySegment target,
      Direction direction,
      SampleType from,
      SampleType to,
      int channels) {
    long at = position.chunk(CHUNK_SAMPLES);
    Chunk chunk =
        new Chunk(
            source.asSlice(at * from.bytes(), (long) CHUNK_SAMPLES * from.bytes()),
            target.asSlice(at * to.bytes(), (long) CHUNK_SAMPLES * to.bytes()),
            CHUNK_SAMPLES,
            channels,
            0);
    return buffers.engine.convert(Conversion.of(direction, from, to), chunk);
  }

  private static Object toExposure(
      Buffers buffers, Position position, MemorySegment source, SampleType from, SampleType to) {
    return convert(buffers, position, source, buffers.results, Direction.TO_EXPOSURE, from, to, 1);
  }

  /** The limit of a loop that reads and writes. */
  @Benchmark
  @OperationsPerInvocation(CHUNK_SAMPLES)
  public void copy(Buffers buffers, Position position) {
    copy(buffers, position, CHUNK_SAMPLES);
  }

  /**
   * The limit of streaming stores, which do not read the target first. Java has them only in
   * copies.
   */
  @Benchmark
  @OperationsPerInvocation(LARGE_CHUNK_SAMPLES)
  public void streamingCopy(Buffers buffers, Position position) {
    copy(buffers, position, LARGE_CHUNK_SAMPLES);
  }

  private static void copy(Buffers buffers, Position position, int samples) {
    long at = position.chunk(samples) * Float.BYTES;
    MemorySegment.copy(buffers.intensities, at, buffers.results, at, (long) samples * Float.BYTES);
  }

  @Benchmark
  @OperationsPerInvocation(CHUNK_SAMPLES)
  public Object exposure(Buffers buffers, Position position) {
    return toExposure(
        buffers, position, buffers.intensities, SampleType.FLOAT32, SampleType.FLOAT32);
  }

  @Benchmark
  @OperationsPerInvocation(CHUNK_SAMPLES)
  public Object intensity(Buffers buffers, Position position) {
    return convert(
        buffers,
        position,
        buffers.exposures,
        buffers.results,
        Direction.TO_INTENSITY,
        SampleType.FLOAT32,
        SampleType.FLOAT32,
        1);
  }

  /** Converts to exposure and back in turn, so that the samples keep their range. */
  @Benchmark
  @OperationsPerInvocation(CHUNK_SAMPLES)
  public Object inPlace(Buffers buffers, Position position) {
    Direction direction = position.round % 2 == 0 ? Direction.TO_EXPOSURE : Direction.TO_INTENSITY;
    return convert(
        buffers,
        position,
        buffers.intensities,
        buffers.intensities,
        direction,
        SampleType.FLOAT32,
        SampleType.FLOAT32,
        1);
  }

  /** The limit of a loop that reads and writes back. */
  @Benchmark
  @OperationsPerInvocation(CHUNK_SAMPLES)
  public void readAndWriteBack(Buffers buffers, Position position) {
    MemorySegment samples =
        VectorWidth.nativeSegment(
            buffers.results.asSlice(
                position.chunk(CHUNK_SAMPLES) * Float.BYTES, (long) CHUNK_SAMPLES * Float.BYTES));
    for (int i = 0; i < CHUNK_SAMPLES; i += VectorWidth.COUNT) {
      IntVector.fromMemorySegment(VectorWidth.INTS, samples, 4L * i, VectorWidth.ORDER)
          .lanewise(VectorOperators.XOR, 1)
          .intoMemorySegment(samples, 4L * i, VectorWidth.ORDER);
    }
  }

  @Benchmark
  @OperationsPerInvocation(CHUNK_SAMPLES)
  public Object scale(Buffers buffers, Position position) {
    return adjust(buffers, position, buffers.intensities, buffers.results, Direction.SCALE, "1/3");
  }

  @Benchmark
  @OperationsPerInvocation(CHUNK_SAMPLES)
  public Object shiftByThird(Buffers buffers, Position position) {
    return adjust(buffers, position, buffers.exposures, buffers.results, Direction.SHIFT, "1/3");
  }

  @Benchmark
  @OperationsPerInvocation(CHUNK_SAMPLES)
  public Object shiftByHalf(Buffers buffers, Position position) {
    return adjust(buffers, position, buffers.exposures, buffers.results, Direction.SHIFT, "1/2");
  }

  /** Adjusts there and back in turn, so that the samples keep their range. */
  @Benchmark
  @OperationsPerInvocation(CHUNK_SAMPLES)
  public Object scaleInPlace(Buffers buffers, Position position) {
    String stops = position.round % 2 == 0 ? "1/3" : "-1/3";
    return adjust(
        buffers, position, buffers.intensities, buffers.intensities, Direction.SCALE, stops);
  }

  private static Object adjust(
      Buffers buffers,
      Position position,
      MemorySegment source,
      MemorySegment target,
      Direction direction,
      String stops) {
    long at = position.chunk(CHUNK_SAMPLES) * Float.BYTES;
    long bytes = (long) CHUNK_SAMPLES * Float.BYTES;
    return buffers.engine.convert(
        Conversion.adjust(direction, SampleType.FLOAT32, ExactStops.parse(stops)),
        Chunk.of(source.asSlice(at, bytes), target.asSlice(at, bytes), CHUNK_SAMPLES));
  }

  @Benchmark
  @OperationsPerInvocation(CHUNK_SAMPLES)
  public Object exposureOfZeros(Buffers buffers, Position position) {
    return toExposure(buffers, position, buffers.zeros, SampleType.FLOAT32, SampleType.FLOAT32);
  }

  @Benchmark
  @OperationsPerInvocation(CHUNK_SAMPLES)
  public Object exposureOfZerosIn3Channels(Buffers buffers, Position position) {
    return convert(
        buffers,
        position,
        buffers.zeros,
        buffers.results,
        Direction.TO_EXPOSURE,
        SampleType.FLOAT32,
        SampleType.FLOAT32,
        3);
  }

  @Benchmark
  @OperationsPerInvocation(CHUNK_SAMPLES)
  public Object exposureOfTenPercentZeros(Buffers buffers, Position position) {
    return toExposure(buffers, position, buffers.someZeros, SampleType.FLOAT32, SampleType.FLOAT32);
  }

  @Benchmark
  @OperationsPerInvocation(CHUNK_SAMPLES)
  public Object exposureToHalf(Buffers buffers, Position position) {
    return toExposure(
        buffers, position, buffers.intensities, SampleType.FLOAT32, SampleType.FLOAT16);
  }

  @Benchmark
  @OperationsPerInvocation(CHUNK_SAMPLES)
  public Object exposureOfHalf(Buffers buffers, Position position) {
    return toExposure(buffers, position, buffers.halves, SampleType.FLOAT16, SampleType.FLOAT32);
  }

  @Benchmark
  @OperationsPerInvocation(CHUNK_SAMPLES)
  public Object exposureOfHalfToHalf(Buffers buffers, Position position) {
    return toExposure(buffers, position, buffers.halves, SampleType.FLOAT16, SampleType.FLOAT16);
  }

  @Benchmark
  @OperationsPerInvocation(CHUNK_SAMPLES)
  public Object exposureToDouble(Buffers buffers, Position position) {
    return toExposure(
        buffers, position, buffers.intensities, SampleType.FLOAT32, SampleType.FLOAT64);
  }
}
