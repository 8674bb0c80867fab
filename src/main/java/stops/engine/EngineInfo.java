package stops.engine;

/**
 * The description of an engine, for reports and for the pool that cuts pieces for it.
 *
 * @param id the name that selects it: {@code cpu}, or {@code P:D} for OpenCL platform P, device D
 * @param kind its kind of processor
 * @param name its product name
 * @param detail driver, version or instruction set, on one line
 * @param lanes number of chunks that it converts at the same time, 1 or more
 * @param preferredChunkSamples number of samples of a chunk that is converted efficiently
 */
public record EngineInfo(
    String id, Kind kind, String name, String detail, int lanes, long preferredChunkSamples) {

  /** The processors and instruction sets that execute conversions. */
  public enum Kind {
    /** Java code without the module for vectors. */
    SCALAR_CPU,
    /** Java code with the module for vectors. */
    VECTOR_CPU,
    /** An OpenCL driver that computes on the host's processor. */
    OPENCL_CPU,
    /** A graphics card or integrated graphics, through OpenCL. */
    OPENCL_GPU,
    /** Any other OpenCL device. */
    OPENCL_ACCELERATOR;

    /** Whether the engine is this program's own code on the calling thread, without a driver. */
    public boolean isOwn() {
      return this == SCALAR_CPU || this == VECTOR_CPU;
    }
  }
}
