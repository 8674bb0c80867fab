package stops.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import stops.engine.Conversion;

/**
 * The conversions, sizes and file that a benchmark measures, and its time.
 *
 * @param conversions the conversions, at least one
 * @param sizeBytes size of the larger one of source and target
 * @param limitSeconds limit of the whole benchmark's time
 * @param sweep whether to measure small sizes too, to find the sizes from which on devices are
 *     faster than the CPU
 * @param file a file to convert, or null
 */
public record BenchPlan(
    List<Conversion> conversions,
    long sizeBytes,
    double limitSeconds,
    boolean sweep,
    @Nullable Path file) {

  public BenchPlan {
    conversions = List.copyOf(conversions);
    if (conversions.isEmpty() || sizeBytes < 8 || !(limitSeconds > 0)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "nothing to measure: %d conversions of %d bytes in %g s",
              conversions.size(),
              sizeBytes,
              limitSeconds));
    }
  }

  /** Number of samples of {@code conversion}. */
  long samples(Conversion conversion) {
    return sizeBytes / Math.max(conversion.source().bytes(), conversion.target().bytes());
  }
}
