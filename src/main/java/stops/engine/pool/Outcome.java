package stops.engine.pool;

import java.util.List;
import stops.engine.EngineUse;
import stops.engine.Tally;

/**
 * The outcome of a conversion.
 *
 * @param tally the anomalies counted
 * @param uses the work of each engine
 * @param reason why these engines were chosen, on one line
 * @param seconds duration in seconds
 */
public record Outcome(Tally tally, List<EngineUse> uses, String reason, double seconds) {

  public Outcome {
    uses = List.copyOf(uses);
  }
}
