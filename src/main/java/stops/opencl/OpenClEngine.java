package stops.opencl;

import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.EngineInfo;
import stops.engine.SampleType;
import stops.engine.Tally;
import stops.engine.pool.DeviceCall;
import stops.opencl.api.ClException;
import stops.opencl.api.Context;
import stops.opencl.api.OpenClDevice;
import stops.waiting.Deadline;

/**
 * Converts chunks on one OpenCL device. Each call runs on the calling thread and on any free lane.
 * A call does not return before the driver does. Callers that need a time limit use a {@link
 * DeviceCall}, as pools do.
 */
final class OpenClEngine implements Engine {
  /** The limits for closing: the release of a device is abandoned after a second. */
  private static final Duration CLOSING = Duration.ofSeconds(1);

  /**
   * Samples of a chunk for a device on the CPU. At this size the overhead of a call and its check
   * is negligible; a larger chunk only takes longer.
   */
  private static final long CPU_SAMPLES = 1 << 25;

  /**
   * Samples of a chunk for a GPU or accelerator. This size keeps the bus busy, and four lanes of it
   * leave memory free.
   */
  private static final long CARD_SAMPLES = 1 << 24;

  private final OpenClDevice device;
  private final KernelChoices choices;
  private final String way;
  private final EngineInfo info;
  private final Lane.LaneParts parts;
  private final SelfTest selfTest;
  private final long mostSamples;
  private final Semaphore freeLanes;
  private final ConcurrentLinkedDeque<Lane> idle = new ConcurrentLinkedDeque<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile @Nullable BoundConversion lastJob;

  /**
   * An engine.
   *
   * @param options with the arithmetics, which the device must have; the self-test at opening has
   *     the first one
   * @param since the reason for this way to compute, to follow it; empty for the preferred one
   */
  OpenClEngine(OpenClDevice device, Context context, EngineOptions options, String since) {
    this.device = device;
    boolean transfers = Placement.of(device, true).shared() && !options.sharedMemory();
    this.mostSamples = options.mostSamples() == 0 ? Long.MAX_VALUE : options.mostSamples();
    ProgramStore programs = new ProgramStore(context, device, KernelSource::read, options);
    this.parts =
        new Lane.LaneParts(context, programs, Placement.of(device, options.sharedMemory()));
    this.choices = new KernelChoices(device, options.arithmetics(), programs, options.cache());
    this.selfTest = new SelfTest(programs, options.cache(), options.selfTest());
    boolean cpu = device.type() == OpenClDevice.Type.CPU;
    int lanes = options.lanes() > 0 ? options.lanes() : cpu ? 2 : 4;
    this.freeLanes = new Semaphore(lanes);
    this.way = arithmetic() + (transfers ? ", on transferred samples" : "") + since;
    this.info =
        new EngineInfo(
            device.id(),
            switch (device.type()) {
              case CPU -> EngineInfo.Kind.OPENCL_CPU;
              case GPU -> EngineInfo.Kind.OPENCL_GPU;
              case ACCELERATOR -> EngineInfo.Kind.OPENCL_ACCELERATOR;
            },
            device.name(),
            String.format(
                Locale.ROOT,
                "%s, driver %s, %s",
                device.platformName(),
                device.driverVersion(),
                way),
            lanes,
            cpu ? CPU_SAMPLES : CARD_SAMPLES);
  }

  /** How it computes, for people, and why, unless it is the preferred way. */
  String way() {
    return way;
  }

  /** What the kernels for float32 compute with. */
  private String arithmetic() {
    String exposure = arithmetic(Direction.TO_EXPOSURE);
    String intensity = arithmetic(Direction.TO_INTENSITY);
    return exposure.equals(intensity)
        ? exposure
        : String.format(Locale.ROOT, "%s to exposure, %s to intensity", exposure, intensity);
  }

  private String arithmetic(Direction direction) {
    return choices.of(float32(direction)).arithmetic().description();
  }

  /** What was measured for float32, for people; empty if nothing was. */
  String speeds() {
    StringBuilder text = new StringBuilder();
    for (ConversionKind kind : ConversionKind.FLOAT32) {
      List<KernelTiming> timings = choices.measured(kind).orElse(List.of());
      if (!timings.isEmpty()) {
        text.append("; ").append(kind.text()).append(": ").append(KernelTiming.text(timings));
      }
    }
    return text.toString();
  }

  private static Conversion float32(Direction direction) {
    return Conversion.of(direction, SampleType.FLOAT32, SampleType.FLOAT32);
  }

  /**
   * Runs the self-test of the preferred float32 kernels of both maps, unless they passed it before.
   */
  void prove() throws EngineFailure {
    for (Direction direction : Direction.MAPS) {
      BoundConversion job = BoundConversion.of(float32(direction), choices.preferred());
      MemorySegment sample = MemorySegment.ofArray(new float[1]);
      List<Chunk> chunks = List.of(Chunk.of(sample, MemorySegment.ofArray(new float[1]), 1));
      onLane(() -> convertOnLane(job, chunks));
    }
  }

  /** Finds out which kernel is the fastest for conversions of {@code kind}, unless it is known. */
  void tune(ConversionKind kind, Runnable step) throws EngineFailure {
    if (choices.measured(kind).isPresent()) {
      return;
    }
    KernelTuning tuning =
        new KernelTuning(
            device,
            parts,
            selfTest,
            kind.example(),
            choices.arithmetics(),
            step,
            KernelTuning.Limits.USUAL);
    boolean unused =
        onLane(() -> {
          try {
            choices.put(kind, tuning.run());
            return true;
          } catch (ClException e) {
            throw new EngineFailure(e.getMessage(), e);
          }
        });
  }

  @Override
  public EngineInfo info() {
    return info;
  }

  @Override
  public boolean supports(Conversion conversion) {
    return true;
  }

  @Override
  public long mostSamples(Conversion conversion, Chunk chunk) {
    return Math.min(mostSamples, parts.placement().mostSamples(conversion, chunk));
  }

  @Override
  public Tally convert(Conversion conversion, Chunk chunk) throws EngineFailure {
    return convert(conversion, List.of(chunk)).getFirst();
  }

  @Override
  public List<Tally> convert(Conversion conversion, List<Chunk> chunks) throws EngineFailure {
    long samples = 0;
    long most = Long.MAX_VALUE;
    for (Chunk chunk : chunks) {
      chunk.check(conversion);
      samples += chunk.samples();
      most = Math.min(most, mostSamples(conversion, chunk));
    }
    if (samples > most) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%d samples are more than the %d of a call", samples, most));
    }
    return onLane(() -> convertWithChoice(conversion, chunks));
  }

  /** Work that a lane is needed for. */
  @FunctionalInterface
  private interface Work<T> {
    T run() throws EngineFailure;
  }

  private <T> T onLane(Work<T> work) throws EngineFailure {
    try {
      freeLanes.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure("was interrupted");
    }
    try {
      return work.run();
    } finally {
      freeLanes.release();
    }
  }

  /**
   * Converts with the chosen kernel. If it fails, which may be a build that was not measured, and
   * the preferred one does not, that takes its place.
   */
  private List<Tally> convertWithChoice(Conversion conversion, List<Chunk> chunks)
      throws EngineFailure {
    BoundConversion job = jobFor(conversion);
    try {
      return convertOnLane(job, chunks);
    } catch (EngineFailure e) {
      if (job.choice().equals(choices.preferred()) || closed.get()) {
        throw e;
      }
      BoundConversion preferred = BoundConversion.of(conversion, choices.preferred());
      List<Tally> tallies = convertOnLane(preferred, chunks);
      choices.put(ConversionKind.of(conversion), List.of());
      lastJob = preferred;
      return tallies;
    }
  }

  private List<Tally> convertOnLane(BoundConversion job, List<Chunk> chunks) throws EngineFailure {
    if (closed.get()) {
      throw failure("is closed");
    }
    Lane lane = null;
    boolean done = false;
    try {
      lane = idle.poll();
      if (lane == null) {
        lane = parts.open();
      }
      List<Tally> tallies = convert(lane, job, chunks);
      done = true;
      return tallies;
    } catch (ClException e) {
      throw new EngineFailure(e.getMessage(), e);
    } catch (WrongSampleException e) {
      throw new EngineFailure(
          String.format(
              Locale.ROOT,
              "OpenCL device %s gave a wrong result, %s",
              device.label(),
              e.getMessage()),
          e);
    } catch (RuntimeException | LinkageError e) {
      throw new EngineFailure(e + " on " + device.label(), e);
    } finally {
      if (done) {
        idle.push(lane);
      } else {
        selfTest.distrust();
        if (lane != null) {
          lane.close();
        }
      }
    }
  }

  /**
   * Converts chunks on {@code lane}. Empty chunks get empty tallies, since kernels cannot run on
   * them.
   */
  private List<Tally> convert(Lane lane, BoundConversion job, List<Chunk> chunks)
      throws ClException, WrongSampleException {
    List<Chunk> some = chunks.stream().filter(chunk -> chunk.samples() > 0).toList();
    for (Chunk chunk : some) {
      selfTest.require(lane, job, chunk);
    }
    List<Tally> tallies = lane.convert(job, some);
    if (some.size() == chunks.size()) {
      return tallies;
    }
    Iterator<Tally> next = tallies.iterator();
    return chunks.stream()
        .map(chunk -> chunk.samples() > 0 ? next.next() : new Tally(chunk.channels()))
        .toList();
  }

  private EngineFailure failure(String reason) {
    return new EngineFailure(
        String.format(Locale.ROOT, "OpenCL device %s %s", device.label(), reason));
  }

  private BoundConversion jobFor(Conversion conversion) {
    BoundConversion job = lastJob;
    if (job == null || !job.conversion().equals(conversion)) {
      job = BoundConversion.of(conversion, choices.of(conversion));
      lastJob = job;
    }
    return job;
  }

  /**
   * Refuses further calls, waits for running ones, and releases the device. Returns after a second
   * at the latest. If the device is still busy then, it is released when its calls return.
   */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    Thread releaser = Thread.ofPlatform().daemon().name("stops-release").start(this::release);
    boolean unused = Deadline.after(CLOSING).await(nanos -> releaser.join(Duration.ofNanos(nanos)));
  }

  private void release() {
    freeLanes.acquireUninterruptibly(info.lanes());
    idle.forEach(Lane::close);
    parts.context().close();
    // Threads that wait for a lane now fail because the engine is closed.
    freeLanes.release(info.lanes());
  }
}
