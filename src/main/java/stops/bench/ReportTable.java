package stops.bench;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Formats a report as a table of text. */
public final class ReportTable {
  private static final String FORMAT = "  %-22s %-22s %9s %9s %10s %8s %5s%n";

  private ReportTable() {}

  /** The whole report. */
  public static String of(BenchReport report) {
    StringBuilder out = new StringBuilder();
    Machine machine = report.machine();
    out.append(
        String.format(
            Locale.ROOT,
            "stops %s%s, %s, %d processors, %s, Java %s%n",
            machine.stopsVersion(),
            machine.gitCommit() == null ? "" : " " + machine.gitCommit(),
            machine.cpu(),
            machine.processors(),
            machine.os(),
            machine.jdk()));
    String engine = "";
    for (BenchRow row : report.rows()) {
      if (!row.engine().equals(engine)) {
        engine = row.engine();
        out.append(System.lineSeparator())
            .append(title(report, row))
            .append(System.lineSeparator());
        out.append(
            String.format(
                Locale.ROOT, FORMAT, "", "", "median", "GB/s", "Gsample/s", "of limit", "±"));
      }
      out.append(line(row));
    }
    out.append(crossovers(report.crossovers()));
    report.notes().forEach(note -> out.append(String.format(Locale.ROOT, "note: %s%n", note)));
    return out.toString();
  }

  private static String title(BenchReport report, BenchRow row) {
    return report.devices().stream()
        .filter(device -> device.id().equals(row.engine()))
        .findFirst()
        .map(device ->
            String.format(Locale.ROOT, "%s  %s (%s)", device.id(), device.name(), device.detail()))
        .orElse(row.name());
  }

  private static String line(BenchRow row) {
    String what =
        row.measure() == Measure.SWEEP
            ? String.format(Locale.ROOT, "%,d samples", row.samples())
            : row.measure().toString();
    Timing timing = row.timing();
    if (timing == null) {
      return String.format(
          Locale.ROOT, "  %-22s %-22s FAILED: %s%n", what, row.conversion(), row.failure());
    }
    return String.format(
        Locale.ROOT,
        FORMAT,
        what,
        row.conversion(),
        duration(timing.median()),
        number(row.gigabytesPerSecond()),
        number(row.gigasamplesPerSecond()),
        row.percentOfLimit() == null
            ? ""
            : String.format(Locale.ROOT, "%.0f %%", row.percentOfLimit()),
        timing.runs() == 1 ? "" : String.format(Locale.ROOT, "%.0f %%", 100 * timing.spread()));
  }

  private static String crossovers(List<Crossover> crossovers) {
    StringBuilder out = new StringBuilder();
    for (Crossover crossover : crossovers) {
      Long samples = crossover.samples();
      out.append(
          String.format(
              Locale.ROOT,
              "%s, %s: %s%n",
              crossover.engine(),
              crossover.conversion(),
              samples == null
                  ? "never faster than the CPU engine"
                  : String.format(
                      Locale.ROOT, "faster than the CPU engine from %,d samples on", samples)));
    }
    return out.isEmpty() ? "" : System.lineSeparator() + out;
  }

  static String number(@Nullable Double value) {
    if (value == null) {
      return "";
    }
    return String.format(
        Locale.ROOT, value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f", value);
  }

  static String duration(double seconds) {
    if (seconds >= 1) {
      return String.format(Locale.ROOT, "%.2f s", seconds);
    }
    return seconds >= 1e-3
        ? String.format(Locale.ROOT, "%.2f ms", seconds * 1e3)
        : String.format(Locale.ROOT, "%.1f µs", seconds * 1e6);
  }
}
