package stops.opencl;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import stops.engine.Anomaly;
import stops.engine.Tally;
import stops.opencl.api.ClException;
import stops.opencl.api.CommandQueue;
import stops.opencl.api.Context;
import stops.opencl.api.DeviceBuffer;

/**
 * The kernel's counters on the device. They hold sums of the samples read and written, and for each
 * channel and {@link Anomaly} the number of samples and the index of the first. They are cleared
 * only when an anomaly was counted.
 */
final class Counters {
  private static final int KINDS = Anomaly.values().length;

  /** The number of sums, which precede the counts. */
  private static final int SUMS = 4;

  private final DeviceBuffer counts;
  private final DeviceBuffer firsts;
  private final MemorySegment host;
  private final int channels;
  private int[] before = new int[SUMS];
  private int[] after = new int[SUMS];

  /**
   * Cleared counters for up to {@code channels} channels. Closing the context closes their buffers.
   */
  Counters(Context context, CommandQueue queue, int channels) throws ClException {
    this.channels = channels;
    this.host = Arena.ofAuto().allocate((SUMS + (long) channels * KINDS) * Integer.BYTES);
    this.counts = DeviceBuffer.create(context, DeviceBuffer.READ_WRITE, host.byteSize());
    this.firsts = DeviceBuffer.create(context, DeviceBuffer.READ_WRITE, host.byteSize());
    clear(queue);
  }

  int channels() {
    return channels;
  }

  DeviceBuffer counts() {
    return counts;
  }

  DeviceBuffer firsts() {
    return firsts;
  }

  /** Releases the buffers. */
  void close(Context context) {
    context.dismiss(counts);
    context.dismiss(firsts);
  }

  /**
   * Waits for the enqueued commands, adds the counts of {@code tally.channels()} channels to {@code
   * tally}, and clears the counters if any anomaly was counted.
   */
  void drain(CommandQueue queue, Tally tally) throws ClException {
    int values = tally.channels() * KINDS;
    MemorySegment used = host.asSlice(0, (SUMS + (long) values) * Integer.BYTES);
    queue.read(counts, used);
    int[] all = used.toArray(JAVA_INT);
    before = after;
    after = Arrays.copyOf(all, SUMS);
    int[] count = Arrays.copyOfRange(all, SUMS, all.length);
    boolean any = false;
    for (int value : count) {
      any |= value != 0;
    }
    if (!any) {
      return;
    }
    MemorySegment usedFirsts = host.asSlice(0, (long) values * Integer.BYTES);
    queue.read(firsts, usedFirsts);
    int[] first = usedFirsts.toArray(JAVA_INT);
    for (int i = 0; i < count.length; i++) {
      tally.add(
          i / KINDS,
          Anomaly.values()[i % KINDS],
          Integer.toUnsignedLong(count[i]),
          Integer.toUnsignedLong(first[i]));
    }
    clear(queue);
    Arrays.setAll(before, i -> before[i] - after[i]);
    after = new int[SUMS];
  }

  /**
   * The sums that a kernel computed between the last two drains, if it is built to.
   *
   * @param read the sum of the samples read
   * @param written the sum of the samples written
   */
  record Sums(SampleSum read, SampleSum written) {}

  /** The sums between the last two drains. */
  Sums sums() {
    return new Sums(
        new SampleSum(after[0] - before[0], after[1] - before[1]),
        new SampleSum(after[2] - before[2], after[3] - before[3]));
  }

  private void clear(CommandQueue queue) throws ClException {
    queue.write(counts, host.fill((byte) 0));
    queue.write(firsts, host.fill((byte) -1));
  }
}
