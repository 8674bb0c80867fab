package stops.cpu;

import java.util.Optional;
import stops.engine.Engine;

/**
 * The engine that runs on the CPU. It uses vectors where this JVM and this machine offer them, and
 * plain Java otherwise.
 *
 * @param engine the engine
 * @param whyScalar the reason why the engine does without vectors, and how to change that, on one
 *     line; empty if it uses vectors
 */
public record CpuEngine(Engine engine, Optional<String> whyScalar) {
  private static final String MODULE = "jdk.incubator.vector";

  /**
   * Creates the engine. The system property {@code stops.plain} is {@code true} where Java was
   * started without the Vector API on purpose; it changes only the text of {@link #whyScalar}.
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
