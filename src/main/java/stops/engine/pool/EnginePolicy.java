package stops.engine.pool;

import java.util.List;
import stops.engine.Conversion;
import stops.engine.Engine;

/** Decides which engines of a pool do a job. Thread-safe. */
@FunctionalInterface
public interface EnginePolicy {

  /** Every engine that can. */
  static EnginePolicy all() {
    return (able, conversion, samples) -> new EngineChoice(able, "all that can");
  }

  /**
   * Engines that shall join the pool before a job of {@code samples} samples begins, because it is
   * large enough to be worth their start. Each is returned once.
   */
  default List<PoolMember> recruit(Conversion conversion, long samples) {
    return List.of();
  }

  /**
   * Chooses. Asked when a job begins, and again when none of the chosen engines is left.
   *
   * @param able the engines that work and support the conversion, at least one
   * @param conversion what is to be done
   * @param samples how many samples the whole job has, as far as its caller knows
   */
  EngineChoice choose(List<Engine> able, Conversion conversion, long samples);
}
