package stops.opencl;

import java.lang.foreign.MemorySegment;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.opencl.api.OpenClDevice;

/**
 * Where samples are while the kernel works on them: in the caller's memory, or in staging memory.
 * The caller's memory is used as it is where host and device share memory, except where that is not
 * safe: a mapped file may be truncated under a driver, and source and target in the same place
 * could not be done again after a failure.
 *
 * @param shared whether host and device share memory
 * @param alignmentBytes what the address of shared memory must be a multiple of; 0: the sample size
 * @param stagedSamples samples that staging memory holds
 * @param maxBytes the largest buffer
 */
record Placement(boolean shared, long alignmentBytes, long stagedSamples, long maxBytes) {
  private static final long MIB = 1 << 20;
  private static final long MOST_BYTES = 1 << 30;
  private static final long PAGE_BYTES = 4096;

  static Placement of(OpenClDevice device, boolean sharedMemory) {
    boolean cpu = device.type() == OpenClDevice.Type.CPU;
    // A quarter of the memory for one buffer leaves room for all lanes' buffers, and for others.
    long maxBytes =
        Math.min(MOST_BYTES, Math.min(device.maxAllocationBytes(), device.globalMemoryBytes() / 4));
    return new Placement(
        sharedMemory && (cpu || device.unifiedMemory()),
        cpu ? 0 : PAGE_BYTES,
        cpu ? MIB : 4 * MIB,
        maxBytes);
  }

  /** Whether the kernel may read {@code chunk}'s source where it is. */
  boolean readsDirectly(Conversion conversion, Chunk chunk) {
    return isDirect(chunk.source(), conversion.source().bytes());
  }

  /** Whether the kernel may write {@code chunk}'s target where it is. */
  boolean writesDirectly(Conversion conversion, Chunk chunk) {
    return isDirect(chunk.target(), conversion.target().bytes())
        && chunk.source().asOverlappingSlice(chunk.target()).isEmpty();
  }

  /**
   * The most samples that can be done at once of chunks in such memory as {@code chunk} is. A pool
   * lends native memory for what is on the heap or in place.
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
