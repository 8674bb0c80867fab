package stops.opencl;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.jocl.CL.CL_MEM_READ_WRITE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import stops.engine.Anomaly;
import stops.engine.Tally;

/**
 * The kernel's counters on the device: for each channel and {@link Anomaly}, how many samples and
 * the index of the first. They are cleared only when something was counted.
 */
final class Counters {
  private static final int KINDS = Anomaly.values().length;

  private final DeviceBuffer counts;
  private final DeviceBuffer firsts;
  private final MemorySegment host;
  private final int channels;

  /** Counters for up to {@code channels} channels, cleared. The context closes their buffers. */
  Counters(Context context, CommandQueue queue, int channels) throws ClException {
    this.channels = channels;
    this.host = Arena.ofAuto().allocate((long) channels * KINDS * Integer.BYTES);
    this.counts = DeviceBuffer.create(context, CL_MEM_READ_WRITE, host.byteSize());
    this.firsts = DeviceBuffer.create(context, CL_MEM_READ_WRITE, host.byteSize());
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
   * Waits for what was enqueued, adds what it counted in {@code tally.channels()} channels, and
   * clears. Sample indices are moved by {@code offset}.
   */
  void drain(CommandQueue queue, Tally tally, long offset) throws ClException {
    long values = (long) tally.channels() * KINDS;
    MemorySegment used = host.asSlice(0, values * Integer.BYTES);
    queue.read(counts, used);
    int[] count = used.toArray(JAVA_INT);
    boolean any = false;
    for (int value : count) {
      any |= value != 0;
    }
    if (!any) {
      return;
    }
    queue.read(firsts, used);
    int[] first = used.toArray(JAVA_INT);
    for (int i = 0; i < count.length; i++) {
      tally.add(
          i / KINDS,
          Anomaly.values()[i % KINDS],
          Integer.toUnsignedLong(count[i]),
          offset + Integer.toUnsignedLong(first[i]));
    }
    clear(queue);
  }

  private void clear(CommandQueue queue) throws ClException {
    queue.write(counts, host.fill((byte) 0));
    queue.write(firsts, host.fill((byte) -1));
  }
}
