package stops.engine.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static stops.engine.Direction.TO_EXPOSURE;
import static stops.engine.Direction.TO_INTENSITY;
import static stops.engine.SampleType.FLOAT16;
import static stops.engine.SampleType.FLOAT32;

import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stops.cpu.ScalarEngine;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.Progress;
import stops.engine.Tally;
import stops.engine.pool.FaultyEngine.Fault;
import stops.engine.pool.FaultyEngine.When;

/** Many conversions share many engines, some of which fail, hang or give wrong results. */
class EnginePoolSharingTest {
  private static final int THREADS = 8;
  private static final List<Conversion> CONVERSIONS =
      List.of(
          Conversion.of(TO_EXPOSURE, FLOAT32, FLOAT32),
          Conversion.of(TO_EXPOSURE, FLOAT16, FLOAT32),
          Conversion.of(TO_INTENSITY, FLOAT32, FLOAT16));

  /** The number of calls that sleep until they are interrupted. */
  private final AtomicInteger sleeping = new AtomicInteger();

  /** Limits that interrupt every unfinished call while some call sleeps, and then wait for it. */
  private final PoolLimits limits = new PoolLimits(nanos -> sleeping.get() > 0, Duration.ofDays(1));

  private final List<Fault> faults =
      List.of(
          (real, conversion, chunk) -> {
            throw new EngineFailure("clFinish: CL_OUT_OF_RESOURCES (-5)");
          },
          (real, conversion, chunk) -> {
            throw new IllegalStateException("bug");
          },
          (real, conversion, chunk) -> {
            throw new UnsatisfiedLinkError("driver");
          },
          (real, conversion, chunk) -> elsewhere(real, conversion, chunk),
          (real, conversion, chunk) -> {
            Tally tally = real.convert(conversion, chunk);
            long end = chunk.target().byteSize();
            chunk.target().asSlice(end - Math.min(end, 4096)).fill((byte) 1);
            return tally;
          },
          (real, conversion, chunk) -> {
            Tally tally = real.convert(conversion, chunk);
            long step = conversion.target().bytes();
            MemorySegment target = chunk.target();
            MemorySegment.copy(target, 0, target, step, target.byteSize() - step);
            return tally;
          },
          (real, conversion, chunk) -> {
            sleeping.incrementAndGet();
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              throw new EngineFailure("interrupted", e);
            } finally {
              sleeping.decrementAndGet();
            }
            throw new EngineFailure("overslept");
          });

  /** Returns the right tally without writing to the target. */
  private static Tally elsewhere(Engine real, Conversion conversion, Chunk chunk)
      throws EngineFailure {
    MemorySegment nowhere = KnownChunk.copyOf(chunk.target());
    return real.convert(
        conversion,
        new Chunk(
            chunk.source(), nowhere, chunk.samples(), chunk.channels(), chunk.firstChannel()));
  }

  /** A random chunk on the heap, in place, or in separate native memory. */
  private static KnownChunk some(Random random) {
    Conversion same = CONVERSIONS.getFirst();
    int samples = random.nextInt(400_000);
    return switch (random.nextInt(4)) {
      case 0 -> KnownChunk.inPlace(same, samples, random.nextLong());
      case 1 -> KnownChunk.onHeap(same, samples, random.nextLong());
      default -> KnownChunk.random(CONVERSIONS.get(random.nextInt(3)), samples, random.nextLong());
    };
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void eightThreadsGetTheRightBitsWhateverGoesWrong(long seed) throws Exception {
    Random random = new Random(seed);
    List<Engine> engines = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Fault fault = faults.get(random.nextInt(faults.size()));
      int from = 1 + random.nextInt(12);
      When when = random.nextBoolean() ? When.once(from) : When.from(from);
      engines.add(new FaultyEngine("0:" + i, new ScalarEngine(), when, fault));
    }
    engines.add(new ScalarEngine());
    List<PoolMember> members =
        engines.stream().map(engine -> new PoolMember(engine, "given")).toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        EnginePool pool = new EnginePool(new ScalarEngine(), members, EnginePolicy.all(), limits)) {
      List<Future<@Nullable Void>> results = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Random own = new Random(seed * 100 + i);
        Callable<@Nullable Void> task =
            () -> {
              for (int round = 0; round < 6; round++) {
                KnownChunk some = some(own);
                some.assertConverted(
                    own.nextBoolean()
                        ? pool.convert(some.conversion, some.chunk)
                        : pool.convertAll(some.conversion, some.chunk, Progress.NONE).tally());
              }
              return null;
            };
        results.add(threads.submit(task));
      }
      for (Future<@Nullable Void> result : results) {
        result.get();
      }
      assertTrue(pool.uses().stream().allMatch(use -> use.faults().size() <= 2), "not out");
    }
  }

  @Test
  void oneAfterTheOtherEveryEngineThatFailsIsNamedInTheReport() throws Exception {
    List<Engine> engines = new ArrayList<>();
    for (Fault fault : faults) {
      engines.add(
          new FaultyEngine("0:" + engines.size(), new ScalarEngine(), When.always(), fault));
    }
    engines.add(new ScalarEngine());
    List<PoolMember> members =
        engines.stream().map(engine -> new PoolMember(engine, "given")).toList();
    EnginePolicy inOrder =
        (able, conversion, samples) ->
            new EngineChoice(able.subList(0, 1), able.getFirst().info().id());
    try (EnginePool pool = new EnginePool(new ScalarEngine(), members, inOrder, limits)) {
      KnownChunk some = KnownChunk.random(CONVERSIONS.getFirst(), 50_000, 1);
      Outcome outcome = pool.convertAll(some.conversion, some.chunk, Progress.NONE);
      some.assertConverted(outcome.tally());
      for (int i = 0; i < faults.size(); i++) {
        assertEquals(1, outcome.uses().get(i).faults().size());
        assertEquals(0, outcome.uses().get(i).samples());
      }
      assertEquals(
          "0:0; then 0:1; then 0:2; then 0:3; then 0:4; then 0:5; then 0:6; then cpu",
          outcome.reason());
    }
  }
}
