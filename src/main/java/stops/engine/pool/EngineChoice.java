package stops.engine.pool;

import java.util.List;
import stops.engine.Engine;

/**
 * The engines chosen for a job, with the reason.
 *
 * @param engines the chosen engines, at least one
 * @param reason why they were chosen, on one line
 */
public record EngineChoice(List<Engine> engines, String reason) {

  public EngineChoice {
    engines = List.copyOf(engines);
  }
}
