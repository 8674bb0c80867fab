package stops.engine.pool;

import java.util.List;
import stops.engine.Conversion;
import stops.engine.Engine;

/** Chooses the engines of a pool that do a job. Thread-safe. */
@FunctionalInterface
public interface EnginePolicy {

  /** The policy that chooses every engine that supports the conversion. */
  static EnginePolicy all() {
    return (able, conversion, samples) -> new EngineChoice(able, "all that can");
  }

  /**
   * Engines to add to the pool before a job of {@code samples} samples begins, because the job is
   * large enough to be worth starting them. Each engine is returned once.
   */
  default List<PoolMember> recruit(Conversion conversion, long samples) {
    return List.of();
  }

  /**
   * Chooses engines when a job begins, and again when all chosen engines have failed.
   *
   * @param able the working engines that support the conversion, at least one
   * @param conversion the conversion of the job
   * @param samples number of samples of the whole job, as far as its caller knows
   */
  EngineChoice choose(List<Engine> able, Conversion conversion, long samples);
}
