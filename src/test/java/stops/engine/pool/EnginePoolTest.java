package stops.engine.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static stops.engine.Direction.TO_EXPOSURE;
import static stops.engine.Direction.TO_INTENSITY;
import static stops.engine.SampleType.FLOAT16;
import static stops.engine.SampleType.FLOAT32;
import static stops.engine.SampleType.FLOAT64;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import stops.cpu.ScalarEngine;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.EngineInfo;
import stops.engine.EngineUse;
import stops.engine.Progress;
import stops.engine.SampleType;
import stops.engine.Tally;
import stops.engine.ZeroPolicy;
import stops.engine.pool.FaultyEngine.When;

class EnginePoolTest {
  private static final Conversion HALF_OUT = Conversion.of(TO_EXPOSURE, FLOAT32, FLOAT16);
  private static final Conversion SAME = Conversion.of(TO_EXPOSURE, FLOAT32, FLOAT32);
  private static final FaultyEngine.Fault FAILS =
      (real, conversion, chunk) -> {
        throw new EngineFailure("clEnqueueNDRangeKernel: CL_OUT_OF_RESOURCES (-5)");
      };

  private static FaultyEngine device(String id, When when) {
    return new FaultyEngine(id, new ScalarEngine(), when, FAILS);
  }

  private static FaultyEngine device(EngineInfo info, When when) {
    return new FaultyEngine(info, new ScalarEngine(), when, FAILS);
  }

  private static EngineInfo oneLane(String id) {
    return new EngineInfo(id, EngineInfo.Kind.OPENCL_GPU, "GPU " + id, "fake", 1, 1 << 16);
  }

  /** A pool that uses its first engine as long as that works. */
  private static EnginePool firstOf(Engine... engines) {
    return new EnginePool(
        new ScalarEngine(),
        Stream.of(engines).map(engine -> new PoolMember(engine, "given")).toList(),
        (able, conversion, samples) -> new EngineChoice(able.subList(0, 1), "the first"),
        PoolLimits.DEFAULT);
  }

  @Test
  void severalChunksAreOneJobAndEachHasATallyOfItsOwn() throws Exception {
    List<KnownChunk> some = new ArrayList<>();
    for (int samples : new int[] {70_000, 0, 1, 200_003, 5}) {
      some.add(KnownChunk.random(SAME, samples, samples));
    }
    some.add(KnownChunk.inPlace(SAME, 30_000, 9));
    some.add(KnownChunk.onHeap(SAME, 30_000, 10));
    List<Chunk> chunks = some.stream().map(each -> each.chunk).toList();
    FaultyEngine failing = device("0:0", When.from(3));
    try (EnginePool pool = firstOf(failing, new ScalarEngine())) {
      EnginePlan plan = pool.plan(SAME, 1_000_000);
      List<Tally> met = plan.convert(chunks);
      for (int i = 0; i < some.size(); i++) {
        some.get(i).assertConverted(met.get(i));
      }
      assertEquals(
          chunks.stream().mapToLong(Chunk::samples).sum(),
          plan.uses().stream().mapToLong(EngineUse::samples).sum());
      assertEquals("the first; then the first", plan.reason());
    }
  }

  @Test
  void aPlanChoosesOnceForAllItsJobs() throws Exception {
    List<Long> asked = new ArrayList<>();
    EnginePolicy policy =
        (able, conversion, samples) -> {
          asked.add(samples);
          return new EngineChoice(able.subList(0, 1), "the first");
        };
    List<PoolMember> members = List.of(new PoolMember(new ScalarEngine(), "given"));
    try (EnginePool pool =
        new EnginePool(new ScalarEngine(), members, policy, PoolLimits.DEFAULT)) {
      EnginePlan plan = pool.plan(SAME, 12_345);
      for (int strip = 0; strip < 5; strip++) {
        KnownChunk some = KnownChunk.random(SAME, 1000, strip);
        some.assertConverted(plan.convert(List.of(some.chunk)).getFirst());
      }
      assertEquals(List.of(12_345L), asked);
      assertEquals(5000, plan.uses().getFirst().samples());
    }
  }

  @Test
  void aSingleCpuEngineConvertsOnTheCallingThread() throws Exception {
    List<Thread> threads = new CopyOnWriteArrayList<>();
    Engine watched =
        new FaultyEngine(
            new EngineInfo("cpu", EngineInfo.Kind.SCALAR_CPU, "CPU", "fake", 2, 1 << 18),
            new ScalarEngine(),
            When.always(),
            (real, conversion, chunk) -> {
              threads.add(Thread.currentThread());
              return real.convert(conversion, chunk);
            });
    try (EnginePool pool = EnginePool.of(new ScalarEngine(), watched)) {
      KnownChunk some = KnownChunk.random(SAME, 300_000, 1);
      some.assertConverted(pool.convert(SAME, some.chunk));
      assertEquals(Set.of(Thread.currentThread()), Set.copyOf(threads));
    }
  }

  @Test
  void memoryOfOneThreadIsConvertedByAll() throws Exception {
    for (Engine engine : List.of(new ScalarEngine(), device("0:0", When.never()))) {
      try (EnginePool pool = EnginePool.of(new ScalarEngine(), engine);
          Arena confined = Arena.ofConfined()) {
        KnownChunk some = KnownChunk.random(SAME, 300_000, 7);
        MemorySegment source = confined.allocate(1_200_000, 4).copyFrom(some.chunk.source());
        MemorySegment target = confined.allocate(1_200_000, 4);
        Chunk chunk = new Chunk(source, target, 300_000, 3, 1);
        assertEquals(some.tally, pool.convertAll(SAME, chunk, Progress.NONE).tally());
        assertEquals(-1, some.expected.mismatch(target));
      }
    }
  }

  static Stream<Arguments> pairings() {
    List<Arguments> pairings = new ArrayList<>();
    for (Direction direction : Direction.MAPS) {
      for (SampleType source : SampleType.values()) {
        for (SampleType target : SampleType.values()) {
          pairings.add(Arguments.of(new Conversion(direction, source, target, 0, ZeroPolicy.INF)));
        }
      }
    }
    return pairings.stream();
  }

  @ParameterizedTest
  @MethodSource("pairings")
  void theSameBitsWhateverTheEngines(Conversion conversion) throws Exception {
    for (int samples : new int[] {0, 1, 13, 4098, 200_003}) {
      KnownChunk expected = KnownChunk.random(conversion, samples, samples);
      for (Engine[] engines :
          new Engine[][] {
            {new ScalarEngine()},
            {device("0:0", When.never())},
            {new ScalarEngine(), device("0:0", When.never()), device("0:1", When.never())}
          }) {
        try (EnginePool pool = EnginePool.of(new ScalarEngine(), engines)) {
          expected.chunk.target().fill((byte) 0x55);
          expected.assertConverted(pool.convert(conversion, expected.chunk));
          expected.chunk.target().fill((byte) 0x55);
          expected.assertConverted(
              pool.convertAll(conversion, expected.chunk, Progress.NONE).tally());
        }
      }
    }
  }

  @Test
  void convertsInPlaceOnAnyEngine() throws Exception {
    for (Engine engine : List.of(new ScalarEngine(), device("0:0", When.never()))) {
      try (EnginePool pool = EnginePool.of(new ScalarEngine(), engine)) {
        KnownChunk some = KnownChunk.inPlace(SAME, 300_000, 7);
        some.assertConverted(pool.convertAll(SAME, some.chunk, Progress.NONE).tally());
      }
    }
  }

  @Test
  void convertsArraysOnAnyEngine() throws Exception {
    for (Engine engine : List.of(new ScalarEngine(), device("0:0", When.never()))) {
      try (EnginePool pool = EnginePool.of(new ScalarEngine(), engine)) {
        KnownChunk some = KnownChunk.onHeap(SAME, 300_000, 7);
        some.assertConverted(pool.convertAll(SAME, some.chunk, Progress.NONE).tally());
      }
    }
  }

  @Test
  void aFailedPieceIsDoneElsewhereAndTheEngineIsOut() throws Exception {
    for (int call = 1; call < 6; call++) {
      FaultyEngine failing = device(oneLane("0:0"), When.once(call));
      try (EnginePool pool = firstOf(failing, device("0:1", When.never()))) {
        KnownChunk some = KnownChunk.random(HALF_OUT, 1_000_000, call);
        Outcome outcome = pool.convertAll(HALF_OUT, some.chunk, Progress.NONE);
        some.assertConverted(outcome.tally());
        assertEquals(call, failing.calls.get());
        EngineUse use = outcome.uses().getFirst();
        assertEquals(1, use.faults().size());
        assertTrue(use.faults().getFirst().toString().contains("CL_OUT_OF_RESOURCES"));
        assertEquals(call - 1, use.chunks());
        assertEquals(some.chunk.samples(), use.samples() + outcome.uses().getLast().samples());
        assertEquals("the first; then the first", outcome.reason());
      }
    }
  }

  @Test
  void inPlaceADeviceThatFailsHalfWayLosesNothing() throws Exception {
    FaultyEngine.Fault halfWay =
        (real, conversion, chunk) -> {
          chunk.target().asSlice(0, chunk.target().byteSize() / 2).fill((byte) 0xEE);
          throw new EngineFailure("lost");
        };
    FaultyEngine failing = new FaultyEngine("0:0", new ScalarEngine(), When.from(2), halfWay);
    try (EnginePool pool = EnginePool.of(new ScalarEngine(), failing, new ScalarEngine())) {
      KnownChunk some = KnownChunk.inPlace(SAME, 1_000_000, 3);
      some.assertConverted(pool.convertAll(SAME, some.chunk, Progress.NONE).tally());
      KnownChunk more = KnownChunk.inPlace(SAME, 100_000, 4);
      more.assertConverted(pool.convert(SAME, more.chunk));
    }
  }

  @Test
  void withNoEngineLeftTheErrorSaysWhyEachIsOut() {
    try (EnginePool pool =
        EnginePool.of(
            new ScalarEngine(), device("0:0", When.always()), device("1:0", When.from(2)))) {
      KnownChunk some = KnownChunk.random(HALF_OUT, 1_000_000, 1);
      EngineFailure failure =
          assertThrows(
              EngineFailure.class, () -> pool.convertAll(HALF_OUT, some.chunk, Progress.NONE));
      String message = String.valueOf(failure.getMessage());
      assertTrue(message.startsWith("no engine is left: "), message);
      assertTrue(message.contains("0:0: clEnqueue"), message);
      assertTrue(message.contains("1:0: clEnqueue"), message);
      assertThrows(EngineFailure.class, () -> pool.convert(HALF_OUT, some.chunk));
    }
  }

  @Test
  void anEngineThatCannotIsPassedOver() throws Exception {
    Engine without =
        new FaultyEngine("0:0", new ScalarEngine(), When.never(), FAILS) {
          @Override
          public boolean supports(Conversion conversion) {
            return conversion.target() != FLOAT64;
          }
        };
    Conversion wide = Conversion.of(TO_INTENSITY, FLOAT32, FLOAT64);
    KnownChunk some = KnownChunk.random(wide, 100_000, 1);
    try (EnginePool pool = EnginePool.of(new ScalarEngine(), without, new ScalarEngine())) {
      some.assertConverted(pool.convert(wide, some.chunk));
      assertEquals(0, pool.uses().getFirst().samples());
    }
    try (EnginePool pool = EnginePool.of(new ScalarEngine(), without)) {
      EngineFailure failure =
          assertThrows(EngineFailure.class, () -> pool.convert(wide, some.chunk));
      assertEquals(
          "0:0 cannot convert float32 to float64; use the CPU, or all devices",
          failure.getMessage());
    }
  }

  @Test
  void progressGrowsToTheWhole() throws Exception {
    try (EnginePool pool =
        EnginePool.of(new ScalarEngine(), new ScalarEngine(), device("0:0", When.never()))) {
      KnownChunk some = KnownChunk.random(SAME, 1_000_000, 1);
      List<Long> heard = new ArrayList<>();
      pool.convertAll(SAME, some.chunk, (done, total) -> heard.add(done));
      assertEquals(heard.stream().sorted().distinct().toList(), heard);
      assertEquals(1_000_000, heard.getLast());
    }
  }

  @Test
  void whatAListenerThrowsReachesTheCaller() {
    try (EnginePool pool =
        EnginePool.of(new ScalarEngine(), new ScalarEngine(), device("0:0", When.never()))) {
      KnownChunk some = KnownChunk.random(SAME, 1_000_000, 1);
      Exception thrown =
          assertThrows(
              UnsupportedOperationException.class,
              () ->
                  pool.convertAll(
                      SAME,
                      some.chunk,
                      (done, total) -> {
                        throw new UnsupportedOperationException("enough");
                      }));
      assertEquals("enough", thrown.getMessage());
      assertFalse(Thread.interrupted());
    }
  }

  @Test
  void aClosedPoolRefuses() {
    FaultyEngine device = device("0:0", When.never());
    EnginePool pool = EnginePool.of(new ScalarEngine(), device);
    pool.close();
    pool.close();
    assertTrue(device.closed.get());
    KnownChunk some = KnownChunk.random(SAME, 10, 1);
    assertThrows(IllegalStateException.class, () -> pool.convert(SAME, some.chunk));
  }
}
