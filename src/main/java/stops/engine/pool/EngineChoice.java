package stops.engine.pool;

import java.util.List;
import stops.engine.Engine;

/**
 * Which engines shall do a job, and why.
 *
 * @param engines at least one of those that were offered
 * @param reason why these, on one line
 */
public record EngineChoice(List<Engine> engines, String reason) {

  public EngineChoice {
    engines = List.copyOf(engines);
  }
}
