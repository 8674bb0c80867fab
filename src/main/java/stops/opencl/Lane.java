package stops.opencl;

import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import stops.engine.Chunk;
import stops.engine.Tally;
import stops.math.Gain;
import stops.opencl.api.ClException;
import stops.opencl.api.CommandQueue;
import stops.opencl.api.Context;
import stops.opencl.api.DeviceBuffer;
import stops.opencl.api.Kernel;

/**
 * One of the ways into a device on which chunks are converted at the same time: a command queue
 * with kernels, counters and buffers of its own. Confined to one thread at a time; after an
 * exception only good for closing.
 */
abstract class Lane implements AutoCloseable {
  final Context context;
  final CommandQueue queue;
  final Placement placement;
  private final ProgramStore programs;
  private final Variant.Shape shape;
  private final boolean fp64;
  private final Pace pace;
  private final Map<Variant, Kernel> kernels = new HashMap<>();
  private @Nullable Counters counters;

  Lane(LaneParts parts) throws ClException {
    this.context = parts.context();
    this.programs = parts.programs();
    this.placement = parts.placement();
    this.shape = parts.shape();
    this.fp64 = parts.fp64();
    this.pace = parts.pace();
    this.queue = CommandQueue.create(context);
  }

  /**
   * What the lanes of an engine have in common.
   *
   * @param context the device
   * @param programs its programs
   * @param placement where samples are
   * @param shape how samples are spread over work-items
   * @param fp64 whether to use double precision
   * @param pace learns how long kernels run
   */
  record LaneParts(
      Context context,
      ProgramStore programs,
      Placement placement,
      Variant.Shape shape,
      boolean fp64,
      Pace pace) {

    /** A new lane, of the kind that suits the device. */
    Lane open() throws ClException {
      return placement.shared() ? new SharedLane(this) : new TransferLane(this);
    }
  }

  /**
   * Converts {@code piece}, 1 to {@link Placement#pieceSamples} samples, and checks the results.
   * The target is written last, after everything that can fail, unless the device writes it
   * directly.
   */
  abstract Tally convert(BoundConversion job, Chunk piece) throws ClException, WrongSampleException;

  /** Whether the kernel will find {@code piece}'s samples aligned to whole vectors. */
  abstract boolean aligned(BoundConversion job, Chunk piece);

  /** Whether the kernel sums up what it reads and writes. */
  abstract boolean checked();

  /** The build of the kernel that {@code piece} needs. */
  final Variant variant(BoundConversion job, Chunk piece) {
    return Variant.of(
        job.conversion(), fp64, piece.channels() == 1, aligned(job, piece), checked(), shape);
  }

  /** Whether {@code memory} is aligned to vectors of samples of {@code sampleBytes} bytes. */
  final boolean alignedToVectors(MemorySegment memory, int sampleBytes) {
    return memory.address() % ((long) sampleBytes * shape.vectorSamples()) == 0;
  }

  /** Runs the kernel from one buffer to another. */
  final void launch(BoundConversion job, Chunk piece, DeviceBuffer source, DeviceBuffer target)
      throws ClException {
    Kernel kernel = kernel(variant(job, piece));
    Counters tallies = counters(piece.channels());
    kernel.set(0, source);
    kernel.set(1, target);
    kernel.set(2, piece.samples());
    kernel.set(3, piece.channels());
    kernel.set(4, piece.firstChannel());
    kernel.set(5, job.definition().undefined());
    kernel.set(6, job.definition().clamped());
    Gain gain = job.definition().gain();
    kernel.set(7, Double.doubleToRawLongBits(gain.stops()));
    kernel.set(8, gain.exponent());
    kernel.set(9, Double.doubleToRawLongBits(gain.high()));
    kernel.set(10, Double.doubleToRawLongBits(gain.middle()));
    kernel.set(11, Double.doubleToRawLongBits(gain.low()));
    kernel.set(12, tallies.counts());
    kernel.set(13, tallies.firsts());
    queue.run(kernel, shape.globalItems(piece.samples()), shape.localItems());
  }

  /** Waits for the kernel, and returns what it counted. */
  final Tally drain(Chunk piece) throws ClException {
    Tally tally = new Tally(piece.channels());
    counters(piece.channels()).drain(queue, tally, 0);
    return tally;
  }

  /** What the kernel read and wrote of the piece that was drained last. */
  final Counters.Sums sums(Chunk piece) throws ClException {
    return counters(piece.channels()).sums();
  }

  /** Notes how long the kernel took that was started at {@code startNanos} and is done. */
  final void notePace(Chunk piece, long startNanos) {
    pace.note(piece.samples(), System.nanoTime() - startNanos);
  }

  static void copy(MemorySegment from, MemorySegment to) {
    MemorySegment.copy(from, 0, to, 0, from.byteSize());
  }

  private Kernel kernel(Variant variant) throws ClException {
    Kernel kernel = kernels.get(variant);
    if (kernel == null) {
      kernel = Kernel.create(programs.get(variant), "convert");
      kernels.put(variant, kernel);
    }
    return kernel;
  }

  private Counters counters(int channels) throws ClException {
    Counters present = counters;
    if (present == null || present.channels() < channels) {
      if (present != null) {
        present.close(context);
      }
      counters = null;
      present = new Counters(context, queue, channels);
      counters = present;
    }
    return present;
  }

  /** Releases what this lane holds; its kernels and the programs stay with the context. */
  @Override
  public void close() {
    if (counters != null) {
      counters.close(context);
      counters = null;
    }
    context.dismiss(queue);
  }
}
