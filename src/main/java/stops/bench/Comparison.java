package stops.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares two runs of the benchmark. A measurement is slower if its median and its fastest run
 * both became slower by more than the tolerance, and the interquartile ranges of the two runs do
 * not overlap. A measurement that fails now, and did not before, has failed. If the host's own copy
 * became slower, all measurements may become slower by that factor too. Runs on different
 * processors are not judged.
 *
 * @param pairs the measurements of both runs, in the order of the newer one
 * @param missing measurements that only the older run has
 * @param machine time of the host's copy in the older run, divided by that in the newer one; 1 if
 *     one of them is unknown
 * @param judged whether both runs were on the same processor
 */
public record Comparison(List<Pair> pairs, List<BenchRow> missing, double machine, boolean judged) {

  public Comparison {
    pairs = List.copyOf(pairs);
    missing = List.copyOf(missing);
  }

  /** The result of comparing a measurement. */
  enum Verdict {
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
   * @param ratio the older median time divided by the newer one, above 1 if it became faster; null
   *     if one of them is missing
   * @param verdict the result of the comparison
   */
  record Pair(@Nullable BenchRow before, BenchRow now, @Nullable Double ratio, Verdict verdict) {}

  /**
   * Compares two runs.
   *
   * @param tolerancePercent by how many percent a measurement may be slower
   */
  public static Comparison of(BenchReport before, BenchReport now, double tolerancePercent) {
    boolean judged =
        before.machine().cpu().equals(now.machine().cpu())
            && before.machine().processors() == now.machine().processors();
    Map<String, BenchRow> older = new LinkedHashMap<>();
    before.rows().forEach(row -> older.put(row.key(), row));
    double machine = machine(before, now);
    double factor = judged ? 1 + tolerancePercent / 100 : Double.POSITIVE_INFINITY;
    List<Pair> pairs = new ArrayList<>();
    for (BenchRow row : now.rows()) {
      pairs.add(
          pair(
              older.remove(row.key()),
              row,
              factor * Math.max(1, 1 / machine),
              factor * Math.max(1, machine)));
    }
    return new Comparison(pairs, List.copyOf(older.values()), machine, judged);
  }

  private static double machine(BenchReport before, BenchReport now) {
    double older = copySeconds(before);
    double newer = copySeconds(now);
    return older > 0 && newer > 0 ? older / newer : 1;
  }

  private static double copySeconds(BenchReport report) {
    for (BenchRow row : report.rows()) {
      Timing timing = row.timing();
      if (row.measure() == Measure.HOST_COPY && timing != null) {
        return timing.median() / row.bytes();
      }
    }
    return 0;
  }

  private static Pair pair(
      @Nullable BenchRow before, BenchRow now, double mayBeSlower, double mayBeFaster) {
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
        isSlower(older, newer, mayBeSlower)
            ? Verdict.SLOWER
            : isSlower(newer, older, mayBeFaster) ? Verdict.FASTER : Verdict.SAME;
    return new Pair(before, now, older.median() / newer.median(), verdict);
  }

  private static boolean isSlower(Timing than, Timing timing, double factor) {
    return timing.median() > factor * than.median()
        && timing.best() > factor * than.best()
        && timing.lower() > than.upper();
  }

  /** Whether {@code row}, of the newer run, is slower. */
  public boolean isSlower(BenchRow row) {
    return pairs.stream()
        .anyMatch(pair -> pair.now().equals(row) && pair.verdict() == Verdict.SLOWER);
  }

  /** Whether any measurement is slower. */
  public boolean isSlower() {
    return pairs.stream().anyMatch(pair -> pair.verdict() == Verdict.SLOWER);
  }

  /** Whether any measurement is slower, or fails now and did not before. */
  public boolean isWorse() {
    return pairs.stream()
        .anyMatch(pair -> pair.verdict() == Verdict.SLOWER || pair.verdict() == Verdict.FAILED);
  }

  /** A table: each measurement before, now, their ratio and the verdict. */
  public String table() {
    String format = "  %-6s %-22s %-22s %11s %11s %7s  %s%n";
    StringBuilder out =
        new StringBuilder(
            String.format(Locale.ROOT, format, "", "", "", "before", "now", "speed", ""));
    for (Pair pair : pairs) {
      BenchRow row = pair.now();
      out.append(
          String.format(
              Locale.ROOT,
              format,
              row.engine(),
              row.measure() == Measure.SWEEP
                  ? String.format(Locale.ROOT, "%,d samples", row.samples())
                  : row.measure(),
              row.conversion(),
              seconds(pair.before()),
              seconds(row),
              pair.ratio() == null ? "" : String.format(Locale.ROOT, "× %.2f", pair.ratio()),
              pair.verdict() == Verdict.SAME
                  ? ""
                  : pair.verdict().name().toLowerCase(Locale.ROOT)));
    }
    if (!judged) {
      out.append("The runs are of different processors: nothing is said to be slower.\n");
    } else if (machine < 1) {
      out.append(
          String.format(
              Locale.ROOT,
              "The machine's own copy ran at %.2f of its speed before: so much is allowed.%n",
              machine));
    }
    for (BenchRow row : missing) {
      out.append(
          String.format(
              Locale.ROOT,
              format,
              row.engine(),
              row.measure(),
              row.conversion(),
              seconds(row),
              "",
              "",
              "not measured"));
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
