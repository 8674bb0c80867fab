package stops.opencl;

import stops.cache.PrivateFolder;

/**
 * How an OpenCL engine works.
 *
 * @param lanes chunks in flight, 1 or more; 0: what suits the device
 * @param mostSamples the most samples in one call; 0: what suits the device
 * @param fp64 whether double precision may be used where the device has it
 * @param sharedMemory whether the kernel may work in host memory where the device shares it
 * @param selfTest whether kernels have to prove themselves
 * @param compiler further compiler options, which must not change arithmetic; mostly empty
 * @param cache where programs and verdicts are kept
 */
public record EngineOptions(
    int lanes,
    long mostSamples,
    boolean fp64,
    boolean sharedMemory,
    boolean selfTest,
    String compiler,
    PrivateFolder cache) {

  /**
   * What suits the device. The system properties {@code stops.opencl.noFp64} and {@code
   * stops.opencl.noSharedMemory}, if {@code true}, take away what the device has.
   */
  public static EngineOptions standard() {
    return new EngineOptions(
        0,
        0,
        !Boolean.getBoolean("stops.opencl.noFp64"),
        !Boolean.getBoolean("stops.opencl.noSharedMemory"),
        true,
        "",
        PrivateFolder.ofUser());
  }

  /** The same, where samples are transferred to the device. */
  EngineOptions withoutSharedMemory() {
    return new EngineOptions(lanes, mostSamples, fp64, false, selfTest, compiler, cache);
  }
}
