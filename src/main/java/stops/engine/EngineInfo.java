package stops.engine;

/**
 * What an engine is, for reports and for the queue that feeds it.
 *
 * @param id how to ask for it: {@code cpu}, or {@code P:D} for OpenCL platform P, device D
 * @param kind what it is
 * @param name the name that a person knows it by
 * @param detail driver, version or instruction set, on one line
 * @param lanes how many chunks it works on at once, 1 or more
 * @param preferredChunkSamples how many samples a chunk should have to be converted efficiently
 */
public record EngineInfo(
    String id, Kind kind, String name, String detail, int lanes, long preferredChunkSamples) {

  /** What executes the conversion. */
  public enum Kind {
    SCALAR_CPU,
    VECTOR_CPU,
    OPENCL_CPU,
    OPENCL_GPU,
    OPENCL_ACCELERATOR;

    /** Whether it is this program's own code, on the calling thread: it needs no driver. */
    public boolean isOwn() {
      return this == SCALAR_CPU || this == VECTOR_CPU;
    }
  }
}
