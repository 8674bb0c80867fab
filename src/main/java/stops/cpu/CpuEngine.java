package stops.cpu;

import java.util.Optional;
import stops.engine.Engine;

/**
 * The CPU's engine: with vectors where this JVM has them, scalar otherwise.
 *
 * @param engine the engine
 * @param whyScalar why the engine is the scalar one, and what would change that, on one line; empty
 *     where it is not
 */
public record CpuEngine(Engine engine, Optional<String> whyScalar) {
  private static final String MODULE = "jdk.incubator.vector";

  /**
   * Makes the CPU's engine. The system property {@code stops.plain}, if {@code true}, says that
   * Java was started without vectors on purpose.
   */
  public static CpuEngine create() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return new CpuEngine(
          new PlainEngine(),
          Optional.of(
              Boolean.getBoolean("stops.plain")
                  ? "plain code, since it is ready at once"
                  : "Java runs without its vectors: start it with --add-modules " + MODULE));
    }
    Optional<String> unfit = VectorEngine.unfit();
    return unfit.isPresent()
        ? new CpuEngine(new PlainEngine(), unfit)
        : new CpuEngine(new VectorEngine(), Optional.empty());
  }
}
