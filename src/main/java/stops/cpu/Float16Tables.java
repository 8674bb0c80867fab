package stops.cpu;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import stops.engine.Conversion;

/**
 * Keeps the tables of float16 conversions. A table takes 512 KiB, so that a conversion gets one
 * only when it has had enough samples, in chunks of any size. Thread-safe.
 */
final class Float16Tables {
  /** Number of samples of a conversion from which on a table saves time. */
  private static final long WORTH_SAMPLES = 1 << 12;

  private static final int MAX_TABLES = 16;

  private final Map<Conversion, Float16Table> tables = new ConcurrentHashMap<>();
  private final Map<Conversion, AtomicLong> converted = new ConcurrentHashMap<>();

  /**
   * The table of {@code conversion}; empty as long as the conversion has had too few samples.
   *
   * @param samples number of samples to be converted now
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

  /** Drops all tables. */
  void clear() {
    tables.clear();
    converted.clear();
  }
}
