package stops.opencl;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import stops.engine.Chunk;
import stops.engine.Tally;
import stops.math.Adjustment;
import stops.math.Definition;
import stops.math.Gain;
import stops.opencl.api.ClException;
import stops.opencl.api.CommandQueue;
import stops.opencl.api.Context;
import stops.opencl.api.DeviceBuffer;
import stops.opencl.api.Kernel;

/**
 * Converts chunks on a device through a command queue with kernels, counters and buffers of its
 * own. Several lanes of a device convert at the same time. A lane is confined to one thread at a
 * time. After an exception it can only be closed.
 */
abstract class Lane implements AutoCloseable {
  final Context context;
  final CommandQueue queue;
  final Placement placement;
  private final ProgramStore programs;
  private final Map<Variant, Kernel> kernels = new HashMap<>();
  private final List<Counters> counters = new ArrayList<>();

  Lane(LaneParts parts) throws ClException {
    this.context = parts.context();
    this.programs = parts.programs();
    this.placement = parts.placement();
    this.queue = CommandQueue.create(context);
  }

  /**
   * The parts that all lanes of an engine share.
   *
   * @param context the context of the device
   * @param programs the programs of the device
   * @param placement the choice of memory for samples
   */
  record LaneParts(Context context, ProgramStore programs, Placement placement) {

    /** Opens a lane of the kind that suits the device. */
    Lane open() throws ClException {
      return placement.shared() ? new SharedLane(this) : new TransferLane(this);
    }
  }

  /**
   * Converts {@code chunks} of 1 sample or more each, and checks transfers. All commands are
   * enqueued before the first wait. Targets are written last, after all calls that can fail, unless
   * the device writes them directly.
   *
   * @return the tally of each chunk, in the order of {@code chunks}
   */
  abstract List<Tally> convert(BoundConversion job, List<Chunk> chunks)
      throws ClException, WrongSampleException;

  /** Whether the kernel gets the samples of {@code piece} aligned to whole vectors. */
  abstract boolean aligned(BoundConversion job, Chunk piece);

  /** Whether the kernel computes sums of the samples read and written. */
  abstract boolean checked();

  /** The build of the kernel that {@code piece} needs. */
  final Variant variant(BoundConversion job, Chunk piece) {
    return Variant.of(
        job.conversion(), job.choice(), piece.channels() == 1, aligned(job, piece), checked());
  }

  /** Whether {@code memory} is aligned to vectors of samples of {@code sampleBytes} bytes. */
  static boolean alignedToVectors(BoundConversion job, MemorySegment memory, int sampleBytes) {
    return memory.address() % ((long) sampleBytes * job.choice().shape().vectorSamples()) == 0;
  }

  /**
   * Runs the kernel from one buffer to another.
   *
   * @param place index of the counters to use: the chunk's index among those converted together
   */
  final void launch(
      BoundConversion job, Chunk piece, int place, DeviceBuffer source, DeviceBuffer target)
      throws ClException {
    Variant variant = variant(job, piece);
    Kernel kernel = kernel(variant);
    Counters tallies = counters(place, piece.channels());
    kernel.set(0, source);
    kernel.set(1, target);
    kernel.set(2, piece.samples());
    kernel.set(3, piece.channels());
    kernel.set(4, piece.firstChannel());
    Adjustment adjustment = job.definition().adjustment();
    if (adjustment == null) {
      setMap(kernel, job.definition());
    } else {
      setAdjustment(kernel, adjustment);
    }
    kernel.set(12, tallies.counts());
    kernel.set(13, tallies.firsts());
    Variant.Shape items = variant.shape();
    queue.run(kernel, items.globalItems(piece.samples()), items.localItems());
  }

  private static void setMap(Kernel kernel, Definition definition) throws ClException {
    kernel.set(5, definition.undefined());
    kernel.set(6, definition.clamped());
    Gain gain = definition.gain();
    kernel.set(7, Double.doubleToRawLongBits(gain.stops()));
    kernel.set(8, gain.exponent());
    kernel.set(9, Double.doubleToRawLongBits(gain.high()));
    kernel.set(10, Double.doubleToRawLongBits(gain.middle()));
    kernel.set(11, Double.doubleToRawLongBits(gain.low()));
  }

  /** Sets the operands, in the places of the numbers of a map. */
  private static void setAdjustment(Kernel kernel, Adjustment adjustment) throws ClException {
    Adjustment.Operand there = adjustment.there();
    Adjustment.Operand back = adjustment.back();
    long sign = there.negative() ? 1 : 0;
    kernel.set(5, there.high());
    kernel.set(6, there.low());
    kernel.set(7, 0L);
    kernel.set(8, there.exponent());
    kernel.set(9, back.high());
    kernel.set(10, back.low());
    kernel.set(11, sign << Integer.SIZE | Integer.toUnsignedLong(back.exponent()));
  }

  /** Waits for the kernel that {@link #launch} ran at {@code place}, and returns its tally. */
  final Tally drain(Chunk piece, int place) throws ClException {
    Tally tally = new Tally(piece.channels());
    counters(place, piece.channels()).drain(queue, tally);
    return tally;
  }

  /** The sums of the samples that the kernel last drained at {@code place} read and wrote. */
  final Counters.Sums sums(int place) {
    return counters.get(place).sums();
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

  private Counters counters(int place, int channels) throws ClException {
    if (place == counters.size()) {
      counters.add(new Counters(context, queue, channels));
    } else if (counters.get(place).channels() < channels) {
      counters.get(place).close(context);
      counters.subList(place, counters.size()).clear();
      counters.add(new Counters(context, queue, channels));
    }
    return counters.get(place);
  }

  /**
   * Waits for commands that are left, and releases the resources of this lane, except kernels and
   * programs, which belong to the context. Closing twice is harmless.
   */
  @Override
  public void close() {
    context.dismiss(queue);
    counters.forEach(each -> each.close(context));
    counters.clear();
  }
}
