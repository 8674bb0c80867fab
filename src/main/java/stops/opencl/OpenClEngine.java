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

  /** Work-items in a work-group, if the device allows so many. */
  private static final int LOCAL_ITEMS = 128;

  private final OpenClDevice device;
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
   * @param arithmetic what its kernels compute with, which the device must have
   * @param since the reason for this way to compute, to follow it; empty for the preferred one
   */
  OpenClEngine(
      OpenClDevice device,
      Context context,
      Arithmetic arithmetic,
      EngineOptions options,
      String since) {
    this.device = device;
    boolean transfers = Placement.of(device, true).shared() && !options.sharedMemory();
    this.way = arithmetic.description() + (transfers ? ", on transferred samples" : "") + since;
    this.mostSamples = options.mostSamples() == 0 ? Long.MAX_VALUE : options.mostSamples();
    ProgramStore programs =
        new ProgramStore(context, device, KernelSource.read(arithmetic), options);
    this.parts =
        new Lane.LaneParts(
            context,
            programs,
            Placement.of(device, options.sharedMemory()),
            shape(device, arithmetic),
            arithmetic);
    this.selfTest = new SelfTest(programs, options.cache(), options.selfTest());
    boolean cpu = device.type() == OpenClDevice.Type.CPU;
    int lanes = options.lanes() > 0 ? options.lanes() : cpu ? 2 : 4;
    this.freeLanes = new Semaphore(lanes);
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

  /** How samples are spread over the work-items of {@code device}. */
  static Variant.Shape shape(OpenClDevice device, Arithmetic arithmetic) {
    return shape(device.type(), device.maxWorkGroupItems(), arithmetic);
  }

  /**
   * How samples are spread over the work-items of a kind of device. On a CPU, 16 float32 or 8
   * float64 fill the largest registers.
   *
   * @param maxWorkGroupItems the most work-items in a work-group
   */
  static Variant.Shape shape(
      OpenClDevice.Type type, long maxWorkGroupItems, Arithmetic arithmetic) {
    return type == OpenClDevice.Type.CPU
        ? new Variant.Shape(arithmetic == Arithmetic.PAIRS ? 16 : 8, 255, 1)
        : new Variant.Shape(
            4, 8, (int) Long.highestOneBit(Math.clamp(maxWorkGroupItems, 1, LOCAL_ITEMS)));
  }

  /** How it computes, for people, and why, unless it is the preferred way. */
  String way() {
    return way;
  }

  /** Runs the self-test of the float32 kernels of both maps, unless they passed it before. */
  void prove() throws EngineFailure {
    for (Direction direction : Direction.values()) {
      convert(
          Conversion.of(direction, SampleType.FLOAT32, SampleType.FLOAT32),
          Chunk.of(MemorySegment.ofArray(new float[1]), MemorySegment.ofArray(new float[1]), 1));
    }
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
    try {
      freeLanes.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure("was interrupted");
    }
    try {
      return convertOnLane(jobFor(conversion), chunks);
    } finally {
      freeLanes.release();
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
      job = BoundConversion.of(conversion);
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
