package stops.opencl;

import stops.cache.PrivateFolder;

/**
 * The options of an OpenCL engine.
 *
 * @param lanes number of chunks converted at the same time; 0 for the default of the device
 * @param mostSamples the most samples in one call; 0 for the default of the device
 * @param fp64 whether double precision may be used if the device has it
 * @param sharedMemory whether the kernel may work in host memory if the device shares it
 * @param selfTest whether kernels must pass a self-test before use
 * @param compiler further compiler options, usually empty; they must not change arithmetic
 * @param cache the folder of compiled programs and of self-test results
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
   * The default options. The system properties {@code stops.opencl.noFp64} and {@code
   * stops.opencl.noSharedMemory}, if {@code true}, disable these features of the device.
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

  /** The same options, but samples are always transferred to the device. */
  EngineOptions withoutSharedMemory() {
    return new EngineOptions(lanes, mostSamples, fp64, false, selfTest, compiler, cache);
  }
}
