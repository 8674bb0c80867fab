package stops.cpu;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import stops.engine.Conversion;

/**
 * What is worked out once for each conversion and used for all its chunks. Only so many are kept.
 * Thread-safe.
 */
final class PerConversion<V> {
  private static final int MOST_KEPT = 64;

  private final Function<Conversion, V> make;
  private final Map<Conversion, V> kept = new ConcurrentHashMap<>();

  /**
   * Keeps nothing yet.
   *
   * @param make works it out; two threads may do so at a time
   */
  PerConversion(Function<Conversion, V> make) {
    this.make = make;
  }

  V get(Conversion conversion) {
    V known = kept.get(conversion);
    if (known != null) {
      return known;
    }
    V made = make.apply(conversion);
    if (kept.size() >= MOST_KEPT) {
      kept.clear();
    }
    kept.put(conversion, made);
    return made;
  }
}
