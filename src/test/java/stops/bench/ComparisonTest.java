package stops.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import stops.bench.Comparison.Verdict;

class ComparisonTest {
  private static final BenchRow.Subject CPU = new BenchRow.Subject("cpu", "CPU");
  private static final BenchRow.Load LOAD = new BenchRow.Load("exposure f32 to f32", 800, 100);

  private static BenchReport report(BenchRow... rows) {
    return report("cpu", rows);
  }

  private static BenchReport report(String cpu, BenchRow... rows) {
    Machine machine = new Machine("1", null, "os", "arch", cpu, 2, "jdk");
    return new BenchReport(
        1,
        "2026-01-01T00:00:00Z",
        1,
        machine,
        List.of(),
        Arrays.asList(rows),
        List.of(),
        List.of());
  }

  private static BenchRow row(double... seconds) {
    return BenchRow.of(CPU, Measure.HOST_TO_HOST, LOAD, Timing.of(seconds));
  }

  private static final BenchRow FAILED =
      BenchRow.failed(CPU, Measure.HOST_TO_HOST, LOAD, "wrong result");

  private static Verdict verdict(BenchRow before, BenchRow now) {
    return Comparison.of(report(before), report(now), 10).pairs().getFirst().verdict();
  }

  @Test
  void slowerByMoreThanTheToleranceInEveryRespectIsSlower() {
    assertEquals(Verdict.SLOWER, verdict(row(1, 1.01, 1.02), row(1.2, 1.21, 1.22)));
    assertEquals(Verdict.FASTER, verdict(row(1.2, 1.21, 1.22), row(1, 1.01, 1.02)));
    assertEquals(Verdict.SAME, verdict(row(1, 1.01, 1.02), row(1.05, 1.06, 1.07)));
  }

  @Test
  void noiseIsNoAlarm() {
    assertEquals(Verdict.SAME, verdict(row(1, 1.01, 1.02), row(1, 1.5, 1.6)));
    assertEquals(Verdict.SAME, verdict(row(1, 1.4, 1.8, 2.2), row(1.2, 1.6, 2, 2.4)));
  }

  @Test
  void aMeasurementThatFailsNowIsWorse() {
    assertEquals(Verdict.FAILED, verdict(row(1, 1, 1), FAILED));
    assertTrue(Comparison.of(report(row(1, 1, 1)), report(FAILED), 10).isWorse());
    assertFalse(Comparison.of(report(FAILED), report(row(1, 1, 1)), 10).isWorse());
  }

  @Test
  void theToleranceDecides() {
    BenchReport before = report(row(1, 1.01, 1.02));
    BenchReport now = report(row(1.2, 1.21, 1.22));
    assertTrue(Comparison.of(before, now, 10).isWorse());
    assertFalse(Comparison.of(before, now, 30).isWorse());
  }

  private static BenchRow copy(double seconds) {
    return BenchRow.of(
        new BenchRow.Subject("host", "host memory"),
        Measure.HOST_COPY,
        new BenchRow.Load("", 800, 0),
        Timing.of(seconds, seconds, seconds));
  }

  @Test
  void whatTheMachineIsSlowerByIsAllowed() {
    BenchReport before = report(copy(1), row(1, 1.01, 1.02));
    Comparison disturbed = Comparison.of(before, report(copy(1.2), row(1.2, 1.21, 1.22)), 10);
    assertFalse(disturbed.isWorse());
    assertTrue(disturbed.table().contains("0.83 of its speed"), disturbed.table());
    assertTrue(Comparison.of(before, report(copy(1.2), row(1.4, 1.41, 1.42)), 10).isWorse());
    assertTrue(Comparison.of(before, report(copy(0.8), row(1.2, 1.21, 1.22)), 10).isWorse());
  }

  @Test
  void runsOfDifferentProcessorsAreNotJudged() {
    BenchReport before = report("another cpu", row(1, 1.01, 1.02));
    Comparison comparison = Comparison.of(before, report(row(3, 3.01, 3.02)), 10);
    assertFalse(comparison.isWorse());
    assertTrue(comparison.table().contains("different processors"), comparison.table());
    assertTrue(Comparison.of(before, report(FAILED), 10).isWorse());
  }

  @Test
  void whatOnlyOneRunHasIsListed() {
    assertEquals(1, Comparison.of(report(row(1, 1, 1)), report(), 10).missing().size());
    assertEquals(
        Verdict.NEW,
        Comparison.of(report(), report(row(1, 1, 1)), 10).pairs().getFirst().verdict());
  }
}
