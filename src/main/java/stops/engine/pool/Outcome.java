package stops.engine.pool;

import java.util.List;
import stops.engine.EngineUse;
import stops.engine.Tally;

/**
 * How a conversion went.
 *
 * @param tally what it met
 * @param uses what each engine did
 * @param reason why these engines did it
 * @param seconds how long it took
 */
public record Outcome(Tally tally, List<EngineUse> uses, String reason, double seconds) {

  public Outcome {
    uses = List.copyOf(uses);
  }
}
