package stops.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import stops.cpu.ScalarEngine;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.Engine;
import stops.engine.SampleType;
import stops.engine.pool.PoolMember;

class BenchmarkTest {
  private static final List<Conversion> BOTH_MAPS =
      List.of(
          Conversion.of(Direction.TO_EXPOSURE, SampleType.FLOAT32, SampleType.FLOAT32),
          Conversion.of(Direction.TO_INTENSITY, SampleType.FLOAT32, SampleType.FLOAT32));

  static BenchReport run(boolean sweep, Engine... engines) throws InterruptedException {
    try (Benchmark benchmark = open(sweep, engines)) {
      return benchmark.run();
    }
  }

  private static Benchmark open(boolean sweep, Engine... engines) throws InterruptedException {
    return new Benchmark(
        new BenchPlan(BOTH_MAPS, 1 << 16, 2, sweep, null),
        new ScalarEngine(),
        List.of(engines).stream().map(engine -> new PoolMember(engine, "given")).toList(),
        (done, all) -> {});
  }

  @Test
  void everyFigureOfAGoodEngineHasItsLimitFromTheSameRun() throws Exception {
    BenchReport report = run(false, new ScalarEngine());
    assertFalse(report.isFailed());
    BenchRow copy = report.rows().getFirst();
    assertEquals(Measure.HOST_COPY, copy.measure());
    List<BenchRow> conversions =
        report.rows().stream().filter(row -> row.measure() == Measure.HOST_TO_HOST).toList();
    assertEquals(2, conversions.size());
    for (BenchRow row : conversions) {
      assertEquals(Measure.HOST_COPY, row.limit());
      assertEquals(copy.gigabytesPerSecond(), row.limitGigabytesPerSecond());
      assertEquals((1 << 16) / 4, row.samples());
      assertEquals(8 * row.samples(), row.bytes());
    }
  }

  @Test
  void whatIsMeasuredAgainIsOnlyReplacedByWhatIsFaster() throws Exception {
    try (Benchmark benchmark = open(false, new ScalarEngine())) {
      BenchReport first = benchmark.run();
      BenchReport second = benchmark.again(row -> row.conversion().startsWith("exposure"));
      assertEquals(first.rows().size(), second.rows().size());
      for (int i = 0; i < first.rows().size(); i++) {
        Timing before = Objects.requireNonNull(first.rows().get(i).timing());
        Timing after = Objects.requireNonNull(second.rows().get(i).timing());
        assertTrue(after.median() <= before.median());
        if (first.rows().get(i).conversion().startsWith("intensity")) {
          assertEquals(before, after);
        }
      }
    }
  }

  @Test
  void aWrongAnswerIsAFailedRowWithoutAnyNumber() throws Exception {
    BenchReport report = run(true, new ScalarEngine(), new WrongDevice());
    assertTrue(report.isFailed());
    List<BenchRow> wrong =
        report.rows().stream().filter(row -> row.engine().equals("98:0")).toList();
    assertFalse(wrong.isEmpty());
    for (BenchRow row : wrong) {
      assertTrue(row.isFailed());
      assertNull(row.timing());
      assertNull(row.gigabytesPerSecond());
      assertNull(row.gigasamplesPerSecond());
      assertNull(row.percentOfLimit());
    }
    // The pool's spot check may be the first to notice.
    String failure = String.valueOf(wrong.getFirst().failure());
    assertTrue(
        failure.startsWith("wrong result: sample") || failure.contains("spot check"), failure);
    assertTrue(ReportTable.of(report).contains("FAILED: "));
    assertTrue(
        report.rows().stream()
            .filter(row -> row.engine().equals("cpu"))
            .noneMatch(BenchRow::isFailed));
  }
}
