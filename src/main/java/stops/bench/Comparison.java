package stops.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Two runs side by side. A measurement is slower if its median and its best run both are, by more
 * than the tolerance, and the middle halves of the two runs' times lie apart; or if it fails now
 * and did not before.
 *
 * @param pairs the measurements of both runs, in the order of the newer one
 * @param missing measurements that only the older run has
 */
public record Comparison(List<Pair> pairs, List<BenchRow> missing) {

  public Comparison {
    pairs = List.copyOf(pairs);
    missing = List.copyOf(missing);
  }

  /** What became of a measurement. */
  public enum Verdict {
    SAME,
    FASTER,
    SLOWER,
    FAILED,
    NEW
  }

  /**
   * A measurement in two runs.
   *
   * @param before the older run's; null if it is new
   * @param now the newer run's
   * @param ratio the older median time by the newer one: above 1 is faster now; null if there is
   *     none
   * @param verdict what to think of it
   */
  public record Pair(
      @Nullable BenchRow before, BenchRow now, @Nullable Double ratio, Verdict verdict) {}

  /**
   * Compares two runs.
   *
   * @param tolerancePercent by how much a measurement may be slower
   */
  public static Comparison of(BenchReport before, BenchReport now, double tolerancePercent) {
    Map<String, BenchRow> older = new LinkedHashMap<>();
    before.rows().forEach(row -> older.put(row.key(), row));
    List<Pair> pairs = new ArrayList<>();
    for (BenchRow row : now.rows()) {
      pairs.add(pair(older.remove(row.key()), row, 1 + tolerancePercent / 100));
    }
    return new Comparison(pairs, List.copyOf(older.values()));
  }

  private static Pair pair(@Nullable BenchRow before, BenchRow now, double factor) {
    Timing newer = now.timing();
    Timing older = before == null ? null : before.timing();
    if (newer == null) {
      return new Pair(
          before, now, null, before == null || older != null ? Verdict.FAILED : Verdict.SAME);
    }
    if (older == null) {
      return new Pair(before, now, null, Verdict.NEW);
    }
    Verdict verdict =
        isSlower(older, newer, factor)
            ? Verdict.SLOWER
            : isSlower(newer, older, factor) ? Verdict.FASTER : Verdict.SAME;
    return new Pair(before, now, older.median() / newer.median(), verdict);
  }

  private static boolean isSlower(Timing than, Timing timing, double factor) {
    return timing.median() > factor * than.median()
        && timing.best() > factor * than.best()
        && timing.lower() > than.upper();
  }

  /** Whether anything is slower, or fails and did not. */
  public boolean isWorse() {
    return pairs.stream()
        .anyMatch(pair -> pair.verdict() == Verdict.SLOWER || pair.verdict() == Verdict.FAILED);
  }

  /** A table: each measurement before, now, their ratio and the verdict. */
  public String table() {
    String format = "  %-6s %-22s %-22s %11s %11s %7s  %s%n";
    StringBuilder out =
        new StringBuilder(format.formatted("", "", "", "before", "now", "speed", ""));
    for (Pair pair : pairs) {
      BenchRow row = pair.now();
      out.append(
          format.formatted(
              row.engine(),
              row.measure() == Measure.SWEEP
                  ? "%,d samples".formatted(row.samples())
                  : row.measure(),
              row.conversion(),
              seconds(pair.before()),
              seconds(row),
              pair.ratio() == null ? "" : String.format(Locale.ROOT, "× %.2f", pair.ratio()),
              pair.verdict() == Verdict.SAME
                  ? ""
                  : pair.verdict().name().toLowerCase(Locale.ROOT)));
    }
    for (BenchRow row : missing) {
      out.append(
          format.formatted(
              row.engine(), row.measure(), row.conversion(), seconds(row), "", "", "not measured"));
    }
    return out.toString();
  }

  private static String seconds(@Nullable BenchRow row) {
    if (row == null) {
      return "";
    }
    Timing timing = row.timing();
    return timing == null ? "failed" : ReportTable.duration(timing.median());
  }
}
