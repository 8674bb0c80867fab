package stops.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import stops.engine.Conversion;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.EngineInfo;
import stops.engine.pool.EnginePolicy;
import stops.engine.pool.EnginePool;
import stops.engine.pool.PoolLimits;
import stops.engine.pool.PoolMember;

/**
 * The measurements of a plan, in the order of the report: the host, each engine, the sweeps, the
 * file. The list owns their engines, devices and files until it is closed. Confined to one thread.
 */
final class TaskList implements AutoCloseable {
  private static final BenchRow.Subject HOST = new BenchRow.Subject("host", "host memory");

  private static final double DEVICE_WARM_UP_SECONDS = 2;

  private final BenchPlan plan;
  private final Engine trusted;
  private final List<PoolMember> members;
  private final HostBuffers buffers;
  private final Tiles tiles;
  private final List<Task> tasks = new ArrayList<>();
  private final List<EngineTasks> engines = new ArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Map<String, Boolean> sharesMemory = new HashMap<>();

  /** The tasks of {@code plan} for {@code members}, which {@link #close} closes. */
  TaskList(BenchPlan plan, Engine trusted, List<PoolMember> members) throws InterruptedException {
    this.plan = plan;
    this.trusted = trusted;
    this.members = members;
    buffers = new HostBuffers(plan.sizeBytes());
    tiles = new Tiles(trusted);
    boolean made = false;
    try {
      make();
      made = true;
    } finally {
      if (!made) {
        close();
      }
    }
  }

  private void make() throws InterruptedException {
    tasks.add(
        new Task(
            HOST,
            Measure.HOST_COPY,
            new BenchRow.Load("", 2 * plan.sizeBytes(), 0),
            limit -> {
              double[] seconds = Repetition.of(buffers::copySeconds, limit);
              buffers.checkCopy();
              return seconds;
            }));
    List<Task> sweeps = new ArrayList<>();
    List<Task> files = new ArrayList<>();
    FileTasks fileTasks = plan.file() == null ? null : new FileTasks(plan.file());
    if (fileTasks != null) {
      open.add(fileTasks);
      files.add(fileTasks.copy(HOST));
    }
    for (PoolMember member : cpuFirst()) {
      EngineInfo info = member.engine().info();
      BenchRow.Subject subject = new BenchRow.Subject(info.id(), info.name());
      EnginePool pool =
          new EnginePool(trusted, List.of(member), EnginePolicy.all(), PoolLimits.DEFAULT);
      open.add(pool);
      List<Conversion> able = able(member.engine());
      EngineTasks engine = new EngineTasks(subject, isCpu(info), pool, able, buffers, tiles);
      engines.add(engine);
      able.forEach(conversion -> tasks.add(engine.full(conversion, plan.samples(conversion))));
      if (!able.isEmpty() && !isCpu(info)) {
        device(subject, able);
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
            String.format(
                Locale.ROOT,
                "%s does not convert %s",
                engine.info().id(),
                EngineTasks.name(conversion)));
      }
    }
    return able;
  }

  private void device(BenchRow.Subject subject, List<Conversion> able) throws InterruptedException {
    try {
      DeviceTasks device = DeviceTasks.open(subject, able, plan.sizeBytes(), buffers, tiles);
      open.add(device);
      sharesMemory.put(subject.engine(), device.sharesMemory());
      notes.addAll(device.kernels(able));
      tasks.addAll(device.all(able));
    } catch (EngineFailure e) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%s: its paths cannot be measured alone: %s",
              subject.engine(),
              e.getMessage()));
    }
  }

  /**
   * Warms up all engines, so that Java compiles the code to be measured, for up to {@code
   * limitSeconds} altogether.
   */
  void warmUp(double limitSeconds) throws InterruptedException {
    double end = System.nanoTime() * 1e-9 + limitSeconds;
    for (EngineTasks engine : engines) {
      double left = end - System.nanoTime() * 1e-9;
      if (!engine.isCpu()) {
        // The driver converts. The little Java code around it is soon compiled.
        engine.warmUp(Math.min(left, DEVICE_WARM_UP_SECONDS));
      } else if (!engine.warmUp(left)) {
        notes.add("Java was still compiling when the measurements began: give it more time");
      }
    }
  }

  List<Task> tasks() {
    return List.copyOf(tasks);
  }

  /** Remarks on the measurements, a line each. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  /** For each device that could be opened, by its id, whether it converts in the host's memory. */
  Map<String, Boolean> sharesMemory() {
    return Map.copyOf(sharesMemory);
  }

  @Override
  public void close() {
    for (AutoCloseable each : open.reversed()) {
      try {
        each.close();
      } catch (Exception e) {
        notes.add("closing failed: " + e);
      }
    }
    open.clear();
  }
}
