package stops.opencl;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import stops.cache.PrivateFolder;
import stops.engine.EngineFailure;
import stops.opencl.api.OpenClDevice;

/**
 * The options of an OpenCL engine.
 *
 * @param lanes number of chunks converted at the same time; 0 for the default of the device
 * @param mostSamples the most samples in one call; 0 for the default of the device
 * @param arithmetics what kernels may compute with if the device has it, the preferred one first
 * @param sharedMemory whether the kernel may work in host memory if the device shares it
 * @param selfTest whether kernels must pass a self-test before use
 * @param compiler further compiler options, usually empty; they must not change arithmetic
 * @param cache the folder of compiled programs and of self-test results
 */
public record EngineOptions(
    int lanes,
    long mostSamples,
    List<Arithmetic> arithmetics,
    boolean sharedMemory,
    boolean selfTest,
    String compiler,
    PrivateFolder cache) {

  /** The system property that names the only arithmetic that may be used. */
  public static final String ARITHMETIC = "stops.opencl.arithmetic";

  /**
   * The default options. The system properties {@code stops.opencl.noFp64} and {@code
   * stops.opencl.noSharedMemory}, if {@code true}, disable these features of the device. {@code
   * stops.opencl.arithmetic}, one of {@code fp64}, {@code pairs} and {@code integer}, is the only
   * arithmetic used.
   *
   * @throws SettingException if {@code stops.opencl.arithmetic} has another value
   */
  public static EngineOptions standard() {
    return new EngineOptions(
        0,
        0,
        standardArithmetics(),
        !Boolean.getBoolean("stops.opencl.noSharedMemory"),
        true,
        "",
        PrivateFolder.ofUser());
  }

  private static List<Arithmetic> standardArithmetics() {
    String only = System.getProperty(ARITHMETIC);
    if (only != null) {
      try {
        return List.of(Arithmetic.named(only));
      } catch (IllegalArgumentException e) {
        throw new SettingException(ARITHMETIC, e);
      }
    }
    EnumSet<Arithmetic> all = EnumSet.allOf(Arithmetic.class);
    if (Boolean.getBoolean("stops.opencl.noFp64")) {
      all.remove(Arithmetic.FP64);
    }
    return List.copyOf(all);
  }

  /**
   * Those of the arithmetics that {@code device} has, one or more, in the same order but for a
   * {@linkplain Arithmetic#isLastResortOn last resort}.
   *
   * @throws EngineFailure if it has none of them
   */
  List<Arithmetic> arithmeticsOn(OpenClDevice device) throws EngineFailure {
    List<Arithmetic> there =
        arithmetics.stream()
            .filter(each -> each.isOn(device))
            .sorted(Comparator.comparing(each -> each.isLastResortOn(device)))
            .toList();
    if (there.isEmpty()) {
      throw new EngineFailure("OpenCL device " + device.label() + " has no double precision");
    }
    return there;
  }

  /** The same options, but with other arithmetics, and with shared memory or without. */
  EngineOptions with(List<Arithmetic> others, boolean shared) {
    return new EngineOptions(lanes, mostSamples, others, shared, selfTest, compiler, cache);
  }

  /** The same options, but with other further compiler options. */
  EngineOptions withCompiler(String other) {
    return new EngineOptions(lanes, mostSamples, arithmetics, sharedMemory, selfTest, other, cache);
  }
}
