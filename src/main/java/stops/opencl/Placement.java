package stops.opencl;

import java.lang.foreign.MemorySegment;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.opencl.api.OpenClDevice;

/**
 * Chooses the memory in which the kernel works on samples: the caller's memory or staging memory.
 * If host and device share memory, the kernel works in the caller's memory. There are two
 * exceptions. A mapped file may be truncated while the driver uses it. A conversion in place could
 * not be repeated after a failure.
 *
 * @param shared whether host and device share memory
 * @param alignmentBytes required alignment of shared memory in bytes; 0 for the size of a sample
 * @param stagedSamples capacity of staging memory in samples
 * @param maxBytes size of the largest buffer in bytes
 */
record Placement(boolean shared, long alignmentBytes, long stagedSamples, long maxBytes) {
  private static final long MIB = 1 << 20;
  private static final long MOST_BYTES = 1 << 30;
  private static final long PAGE_BYTES = 4096;

  static Placement of(OpenClDevice device, boolean sharedMemory) {
    boolean cpu = device.type() == OpenClDevice.Type.CPU;
    // With at most a quarter of the memory for a buffer, the buffers of all lanes and other
    // programs find room.
    long maxBytes =
        Math.min(MOST_BYTES, Math.min(device.maxAllocationBytes(), device.globalMemoryBytes() / 4));
    return new Placement(
        sharedMemory && (cpu || device.unifiedMemory()),
        cpu ? 0 : PAGE_BYTES,
        cpu ? MIB : 4 * MIB,
        maxBytes);
  }

  /** Whether the kernel may read the source of {@code chunk} in the caller's memory. */
  boolean readsDirectly(Conversion conversion, Chunk chunk) {
    return isDirect(chunk.source(), conversion.source().bytes());
  }

  /** Whether the kernel may write the target of {@code chunk} in the caller's memory. */
  boolean writesDirectly(Conversion conversion, Chunk chunk) {
    return isDirect(chunk.target(), conversion.target().bytes())
        && chunk.source().asOverlappingSlice(chunk.target()).isEmpty();
  }

  /**
   * The most samples that one call can convert of chunks in the same kind of memory as {@code
   * chunk}. For chunks on the heap or in place, a pool lends native memory.
   */
  long mostSamples(Conversion conversion, Chunk chunk) {
    int sampleBytes = Math.max(conversion.source().bytes(), conversion.target().bytes());
    long fitting = Math.max(1, maxBytes / sampleBytes);
    return shared && !chunk.source().isMapped() && !chunk.target().isMapped()
        ? fitting
        : Math.min(fitting, stagedSamples);
  }

  private boolean isDirect(MemorySegment segment, int sampleBytes) {
    return shared
        && segment.isNative()
        && !segment.isMapped()
        && segment.address() % (alignmentBytes == 0 ? sampleBytes : alignmentBytes) == 0;
  }
}
