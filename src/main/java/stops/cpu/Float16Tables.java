package stops.cpu;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import stops.engine.Conversion;

/**
 * The tables of the float16 conversions that were worth one: a table takes half a MiB, which is
 * cleared first, however small the chunks are that samples come in. Thread-safe.
 */
final class Float16Tables {
  /** For fewer, a table takes longer than it saves. */
  private static final long WORTH_SAMPLES = 1 << 12;

  private static final int MAX_TABLES = 16;

  private final Map<Conversion, Float16Table> tables = new ConcurrentHashMap<>();
  private final Map<Conversion, AtomicLong> converted = new ConcurrentHashMap<>();

  /**
   * The table of {@code conversion}, if so many samples more make it worth while, or did.
   *
   * @param samples to be converted now
   */
  Optional<Float16Table> of(Conversion conversion, long samples) {
    Float16Table table = tables.get(conversion);
    if (table != null) {
      return Optional.of(table);
    }
    if (converted.size() >= MAX_TABLES) {
      clear();
    }
    AtomicLong count = converted.computeIfAbsent(conversion, any -> new AtomicLong());
    return count.addAndGet(samples) < WORTH_SAMPLES
        ? Optional.empty()
        : Optional.of(tables.computeIfAbsent(conversion, Float16Table::new));
  }

  /** Forgets them all. */
  void clear() {
    tables.clear();
    converted.clear();
  }
}
