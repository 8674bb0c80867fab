package stops.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import stops.engine.Conversion;

/**
 * What to measure.
 *
 * @param conversions the conversions, at least one
 * @param sizeBytes size of the source and of the target, whichever has the larger samples
 * @param limitSeconds how long it may take altogether
 * @param sweep whether to measure small sizes too, to see where devices start to pay
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

  /** How many samples of {@code conversion} there are. */
  long samples(Conversion conversion) {
    return sizeBytes / Math.max(conversion.source().bytes(), conversion.target().bytes());
  }
}
