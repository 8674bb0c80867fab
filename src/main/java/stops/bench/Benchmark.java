package stops.bench;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import stops.engine.Engine;
import stops.engine.EngineInfo;
import stops.engine.pool.PoolMember;

/**
 * Measures engines, in {@value #ROUNDS} rounds over all measurements, which share the time. Every
 * result is checked. An engine that gives a wrong result, or none, has a failed row. Confined to
 * one thread.
 */
public final class Benchmark implements AutoCloseable {
  private static final int ROUNDS = 3;

  /** Largest fraction of the time that warming up may take. */
  private static final double WARM_UP_SHARE = 0.4;

  private static final double AGAIN_SECONDS = 1.5;

  private final BenchPlan plan;
  private final List<PoolMember> members;
  private final Listener listener;
  private final long start = System.nanoTime();
  private final Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final TaskList tasks;
  private final List<Measurement> measurements;
  private final List<String> notes = new ArrayList<>();

  /** Receives the progress of a benchmark. */
  @FunctionalInterface
  public interface Listener {
    /** {@code done} of {@code all} parts are done. */
    void measured(int done, int all);
  }

  /**
   * Prepares the measurements.
   *
   * @param trusted an engine on the CPU, with which results are compared
   * @param members the engines to measure, which {@link #close} closes
   */
  public Benchmark(BenchPlan plan, Engine trusted, List<PoolMember> members, Listener listener)
      throws InterruptedException {
    this.plan = plan;
    this.members = List.copyOf(members);
    this.listener = listener;
    tasks = new TaskList(plan, trusted, this.members);
    measurements = tasks.tasks().stream().map(Measurement::new).toList();
  }

  /** Makes all measurements. */
  public BenchReport run() throws InterruptedException {
    tasks.warmUp(left() * WARM_UP_SHARE);
    int parts = ROUNDS * measurements.size();
    for (int part = 0; part < parts; part++) {
      if (left() <= 0) {
        notes.add(
            String.format(
                Locale.ROOT,
                "the time was over after %d of %d rounds of measurements",
                part / measurements.size(),
                ROUNDS));
        break;
      }
      measurements.get(part % measurements.size()).round(left() / (parts - part));
      listener.measured(part + 1, parts);
    }
    return report();
  }

  private double left() {
    return plan.limitSeconds() - since();
  }

  private double since() {
    return (System.nanoTime() - start) * 1e-9;
  }

  /**
   * Repeats the measurements of some rows, and of the host's copy, beyond the time of the plan. The
   * faster result of each counts, so that a disturbed measurement is not taken for a slower one.
   */
  public BenchReport again(Predicate<BenchRow> which) throws InterruptedException {
    for (Measurement measurement : measurements) {
      Optional<BenchRow> row = measurement.row();
      if (row.isPresent() && (row.get().measure() == Measure.HOST_COPY || which.test(row.get()))) {
        measurement.again(AGAIN_SECONDS);
      }
    }
    return report();
  }

  private BenchReport report() {
    List<BenchRow> rows =
        Limits.apply(
            measurements.stream().flatMap(measurement -> measurement.row().stream()).toList(),
            tasks.sharesMemory());
    List<String> all = new ArrayList<>(tasks.notes());
    all.addAll(notes);
    if (rows.size() < measurements.size()) {
      all.add(
          String.format(
              Locale.ROOT, "%d measurements were left out", measurements.size() - rows.size()));
    }
    return new BenchReport(
        BenchReport.SCHEMA_VERSION,
        started.toString(),
        since(),
        Machine.here(),
        members.stream().map(Benchmark::describe).toList(),
        rows,
        Crossover.of(rows),
        all);
  }

  private static BenchReport.MeasuredEngine describe(PoolMember member) {
    EngineInfo info = member.engine().info();
    return new BenchReport.MeasuredEngine(
        info.id(), info.kind().name(), info.name(), info.detail(), member.reason());
  }

  /** Closes the engines. Closing twice is harmless. */
  @Override
  public void close() {
    tasks.close();
  }
}
