package stops.bench;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import stops.engine.Conversion;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.EngineInfo;
import stops.engine.EnginePolicy;
import stops.engine.EnginePool;
import stops.engine.PoolLimits;
import stops.engine.PoolMember;

/**
 * Measures engines: one task after the other, each with its share of the time. Every result is
 * checked; an engine that gives a wrong one, or none, has a failed row. Confined to one thread.
 */
public final class Benchmark {
  private static final BenchRow.Subject HOST = new BenchRow.Subject("host", "host memory");

  private final BenchPlan plan;
  private final Engine trusted;
  private final List<PoolMember> members;
  private final Listener listener;
  private final List<Task> tasks = new ArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Map<String, Boolean> sharesMemory = new HashMap<>();

  /** Hears how far a benchmark is. */
  @FunctionalInterface
  public interface Listener {
    /** {@code done} of {@code all} measurements are made. */
    void measured(int done, int all);
  }

  /**
   * A benchmark.
   *
   * @param trusted an engine on the CPU, with which results are compared
   * @param members the engines to measure, which {@link #run} closes
   */
  public Benchmark(BenchPlan plan, Engine trusted, List<PoolMember> members, Listener listener) {
    this.plan = plan;
    this.trusted = trusted;
    this.members = List.copyOf(members);
    this.listener = listener;
  }

  /** Measures. May be called once. */
  public BenchReport run() throws InterruptedException {
    long start = System.nanoTime();
    Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    List<BenchRow> rows;
    try {
      plan();
      rows = Limits.apply(measure(start), sharesMemory);
    } finally {
      closeAll();
    }
    return new BenchReport(
        BenchReport.SCHEMA_VERSION,
        started.toString(),
        (System.nanoTime() - start) * 1e-9,
        Machine.here(),
        members.stream().map(Benchmark::describe).toList(),
        rows,
        Crossover.of(rows),
        notes);
  }

  private static BenchReport.MeasuredEngine describe(PoolMember member) {
    EngineInfo info = member.engine().info();
    return new BenchReport.MeasuredEngine(
        info.id(), info.kind().name(), info.name(), info.detail(), member.reason());
  }

  private void plan() throws InterruptedException {
    HostBuffers buffers = new HostBuffers(plan.sizeBytes());
    Tiles tiles = new Tiles(trusted);
    tasks.add(
        new Task(
            HOST,
            Measure.HOST_COPY,
            new BenchRow.Load("", 2 * plan.sizeBytes(), 0),
            limit -> {
              Timing timing = Repetition.of(buffers::copySeconds, limit);
              buffers.checkCopy();
              return timing;
            }));
    List<Task> sweeps = new ArrayList<>();
    List<Task> files = new ArrayList<>();
    FileTasks fileTasks = plan.file() == null ? null : new FileTasks(plan.file());
    if (fileTasks != null) {
      open.add(fileTasks);
    }
    for (PoolMember member : cpuFirst()) {
      EngineInfo info = member.engine().info();
      BenchRow.Subject subject = new BenchRow.Subject(info.id(), info.name());
      EnginePool pool =
          new EnginePool(trusted, List.of(member), EnginePolicy.ALL, PoolLimits.DEFAULT);
      open.add(pool);
      EngineTasks engine = new EngineTasks(subject, pool, buffers, tiles);
      List<Conversion> able = able(member.engine());
      able.forEach(conversion -> tasks.add(engine.full(conversion, plan.samples(conversion))));
      if (!able.isEmpty() && !isCpu(info)) {
        device(subject, buffers, tiles, able);
      }
      if (plan.sweep() && !able.isEmpty()) {
        able.stream()
            .filter(conversion -> sameTypes(conversion, able.getFirst()))
            .forEach(
                conversion -> sweeps.addAll(engine.sweep(conversion, plan.samples(conversion))));
      }
      if (fileTasks != null) {
        files.add(fileTasks.of(subject, pool));
      }
    }
    tasks.addAll(sweeps);
    tasks.addAll(files);
  }

  private static boolean sameTypes(Conversion one, Conversion other) {
    return one.source() == other.source() && one.target() == other.target();
  }

  private List<PoolMember> cpuFirst() {
    List<PoolMember> sorted = new ArrayList<>(members);
    sorted.sort(
        (one, other) -> Boolean.compare(isCpu(other.engine().info()), isCpu(one.engine().info())));
    return sorted;
  }

  private static boolean isCpu(EngineInfo info) {
    return info.kind() == EngineInfo.Kind.SCALAR_CPU || info.kind() == EngineInfo.Kind.VECTOR_CPU;
  }

  private List<Conversion> able(Engine engine) {
    List<Conversion> able = new ArrayList<>();
    for (Conversion conversion : plan.conversions()) {
      if (engine.supports(conversion)) {
        able.add(conversion);
      } else {
        notes.add(
            "%s does not convert %s".formatted(engine.info().id(), EngineTasks.name(conversion)));
      }
    }
    return able;
  }

  private void device(
      BenchRow.Subject subject, HostBuffers buffers, Tiles tiles, List<Conversion> able)
      throws InterruptedException {
    try {
      DeviceTasks device = DeviceTasks.open(subject, plan.sizeBytes(), buffers, tiles);
      open.add(device);
      sharesMemory.put(subject.engine(), device.sharesMemory());
      tasks.addAll(device.all(able));
    } catch (EngineFailure e) {
      notes.add(
          "%s: its paths cannot be measured alone: %s".formatted(subject.engine(), e.getMessage()));
    }
  }

  private List<BenchRow> measure(long startNanos) throws InterruptedException {
    List<BenchRow> rows = new ArrayList<>();
    for (Task task : tasks) {
      double left = plan.limitSeconds() - (System.nanoTime() - startNanos) * 1e-9;
      int tasksLeft = tasks.size() - rows.size();
      if (left <= 0) {
        notes.add("%d measurements were left out: the time was over".formatted(tasksLeft));
        break;
      }
      rows.add(task.row(left / tasksLeft));
      listener.measured(rows.size(), tasks.size());
    }
    return rows;
  }

  private void closeAll() {
    for (AutoCloseable each : open.reversed()) {
      try {
        each.close();
      } catch (Exception e) {
        notes.add("closing failed: " + e);
      }
    }
  }
}
