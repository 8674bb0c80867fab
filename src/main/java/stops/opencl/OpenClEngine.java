package stops.opencl;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.EngineInfo;
import stops.engine.PartCheck;
import stops.engine.SampleType;
import stops.engine.Standstill;
import stops.engine.Tally;
import stops.opencl.api.ClException;
import stops.opencl.api.Context;
import stops.opencl.api.OpenClDevice;

/**
 * Converts on one OpenCL device. A chunk is cut into pieces that fit the device's memory and take
 * it about 50 ms each; pieces go to whichever lane is free.
 *
 * <p>Waiting ends: with an interrupt or {@link #close} within a second, and when the device shows
 * no progress in its time limit. A device that did not come back in time is not used again.
 */
final class OpenClEngine implements Engine {
  private static final long POLL_MILLIS = 50;
  private static final long PATIENCE_MILLIS = 1000;

  /** The first and the last pieces of a chunk: there, no other one hides how they are checked. */
  private static final long LEAST_SAMPLES = 1 << 22;

  /** Fewer, and what a kernel run costs shows: a tenth of its time with PoCL, for 2^23 samples. */
  private static final long MOST_SAMPLES = 1 << 25;

  /** A piece has at most this part of what is left, so that the last ones are small. */
  private static final int PARTS = 4;

  /** Work-items in a work-group, where the device takes so many. */
  private static final int LOCAL_ITEMS = 128;

  private static final PartCheck UNCHECKED = part -> tally -> {};

  private final OpenClDevice device;
  private final EngineInfo info;
  private final LanePool pool;
  private final Placement placement;
  private final Pace pace;
  private final Standstill standstill;
  private final boolean fp64;
  private volatile @Nullable String lost;
  private volatile boolean closed;
  private volatile @Nullable BoundConversion lastJob;

  OpenClEngine(OpenClDevice device, Context context, EngineOptions options) {
    this.device = device;
    this.fp64 = device.fp64() && options.fp64();
    this.placement = Placement.of(device, options.sharedMemory());
    this.pace = new Pace(options.dispatchSamples());
    this.standstill = options.standstill();
    boolean cpu = device.type() == OpenClDevice.Type.CPU;
    int lanes = options.lanes() > 0 ? options.lanes() : cpu ? 2 : 4;
    Variant.Shape shape = shape(device);
    ProgramStore programs = new ProgramStore(context, device, KernelSource.read(fp64), options);
    this.pool =
        new LanePool(
            new Lane.LaneParts(context, programs, placement, shape, fp64, pace),
            lanes,
            new SelfTest(programs, options.cache(), options.selfTest()));
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
                fp64 ? "double precision" : "integer arithmetic"),
            lanes,
            cpu ? 2 * MOST_SAMPLES : PARTS * LEAST_SAMPLES);
  }

  /** How samples are spread over the work-items of {@code device}. */
  static Variant.Shape shape(OpenClDevice device) {
    return device.type() == OpenClDevice.Type.CPU
        ? new Variant.Shape(8, 255, 1)
        : new Variant.Shape(4, 8, (int) Math.clamp(device.maxWorkGroupItems(), 1, LOCAL_ITEMS));
  }

  /** Has the kernels of both maps of float32 prove themselves, if they have not yet. */
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
    return fp64
        || (conversion.source() != SampleType.FLOAT64
            && conversion.target() != SampleType.FLOAT64
            && conversion.gainStops() == 0);
  }

  @Override
  public Tally convert(Conversion conversion, Chunk chunk) throws EngineFailure {
    return convert(conversion, chunk, UNCHECKED);
  }

  @Override
  public Tally convert(Conversion conversion, Chunk chunk, PartCheck check) throws EngineFailure {
    chunk.check(conversion);
    if (!supports(conversion)) {
      throw failure(
          String.format(Locale.ROOT, "has no double precision, which %s needs", conversion));
    }
    return convertPieces(jobFor(conversion), chunk, check);
  }

  private Tally convertPieces(BoundConversion job, Chunk chunk, PartCheck check)
      throws EngineFailure {
    Conversion conversion = job.conversion();
    Tally tally = new Tally(chunk.channels());
    Cancellation cancellation = new Cancellation();
    Deque<Piece> running = new ArrayDeque<>();
    long fitting = placement.pieceSamples(conversion, chunk);
    long next = 0;
    try {
      while (next < chunk.samples() || !running.isEmpty()) {
        if (next < chunk.samples() && running.size() <= info.lanes()) {
          long count =
              Math.min(pieceSamples(next, chunk.samples() - next, fitting), pace.samples());
          Chunk piece = chunk.slice(conversion, next, count);
          if (Thread.currentThread().isInterrupted()) {
            throw failure("was interrupted");
          }
          PartCheck.Pending pending = check.begin(piece);
          running.add(new Piece(next, submit(job, reachable(piece), cancellation), pending));
          next += count;
        } else {
          Piece first = running.element();
          Tally met = await(first.result());
          running.remove();
          first.check().end(met);
          tally.add(met, first.offset());
        }
      }
      return tally;
    } catch (EngineFailure | RuntimeException | Error e) {
      cancellation.cancel();
      leave(running.stream().map(Piece::result).toList(), e);
      throw e;
    }
  }

  /** The size of the next piece: no more than are begun, and not too many of those left. */
  private static long pieceSamples(long begun, long left, long fitting) {
    long size = Math.min(begun, left / PARTS);
    size = Math.clamp(size / LEAST_SAMPLES * LEAST_SAMPLES, LEAST_SAMPLES, MOST_SAMPLES);
    return Math.min(Math.min(size, fitting), left);
  }

  /** Waits for pieces of a chunk that failed; says so in a failure of its own if they hang. */
  private void leave(List<CompletableFuture<Tally>> running, Throwable why) throws EngineFailure {
    if (!Patience.settle(running, PATIENCE_MILLIS)) {
      lose("did not come back from a call");
      throw new EngineFailure(
          String.valueOf(why.getMessage()),
          why,
          CompletableFuture.allOf(running.toArray(CompletableFuture<?>[]::new)));
    }
  }

  /** A part of a chunk, {@code offset} samples from its start, that is being converted. */
  private record Piece(long offset, CompletableFuture<Tally> result, PartCheck.Pending check) {}

  private CompletableFuture<Tally> submit(
      BoundConversion job, Chunk piece, Cancellation cancellation) throws EngineFailure {
    checkUsable();
    try {
      return pool.submit(job, piece, cancellation);
    } catch (RejectedExecutionException e) {
      throw failure("is closed");
    }
  }

  /** Gives the device up. The first reason is the one that counts. */
  private synchronized void lose(String reason) {
    if (lost == null) {
      lost = reason;
    }
  }

  /** Whether the device was given up. */
  boolean isLost() {
    return lost != null;
  }

  private void checkUsable() throws EngineFailure {
    if (closed) {
      throw failure("is closed");
    }
    String reason = lost;
    if (reason != null) {
      throw failure(reason);
    }
  }

  private Tally await(Future<Tally> result) throws EngineFailure {
    long startNanos = System.nanoTime();
    while (true) {
      try {
        return result.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        checkUsable();
        long sinceNanos = System.nanoTime() - Math.max(startNanos, pool.progressNanos());
        if (standstill.isTooLong(sinceNanos)) {
          lose(String.format(Locale.ROOT, "made no progress in %.1f s", sinceNanos / 1e9));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw failure("was interrupted");
      } catch (ExecutionException e) {
        throw failure(e.getCause() == null ? e : e.getCause());
      }
    }
  }

  private EngineFailure failure(String reason) {
    return new EngineFailure(
        String.format(Locale.ROOT, "OpenCL device %s %s", device.label(), reason));
  }

  /** What a lane's exception is for the caller. Memory that cannot be read is no engine's fault. */
  private EngineFailure failure(Throwable cause) {
    return switch (cause) {
      case ClException e -> new EngineFailure(e.getMessage(), e);
      case WrongSampleException e ->
          new EngineFailure(
              String.format(
                  Locale.ROOT,
                  "OpenCL device %s gave a wrong result, %s",
                  device.label(),
                  e.getMessage()),
              e);
      case LinkageError e -> new EngineFailure(e + " on " + device.label(), e);
      case Error e -> throw e;
      default -> new EngineFailure(cause + " on " + device.label(), cause);
    };
  }

  /** The same memory, reachable from any thread. The caller waits, so that it stays alive. */
  private static Chunk reachable(Chunk chunk) {
    return new Chunk(
        reachable(chunk.source()),
        reachable(chunk.target()),
        chunk.samples(),
        chunk.channels(),
        chunk.firstChannel());
  }

  private static MemorySegment reachable(MemorySegment segment) {
    if (!segment.isNative() || segment.isAccessibleBy(new Thread(() -> {}))) {
      return segment;
    }
    return MemorySegment.ofAddress(segment.address()).reinterpret(segment.byteSize());
  }

  private BoundConversion jobFor(Conversion conversion) {
    BoundConversion job = lastJob;
    if (job == null || !job.conversion().equals(conversion)) {
      job = BoundConversion.of(conversion);
      lastJob = job;
    }
    return job;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      pool.close(PATIENCE_MILLIS);
    }
  }
}
