package stops.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes a report as one HTML page that loads nothing else: bar charts, a roofline, the sweep of
 * sizes and a table. The page is made for light and dark themes, and for wide screens and phones.
 */
public final class ReportPage {
  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <link rel="icon" href="data:,">
      <title>stops bench</title>
      <style>
      :root { color-scheme: light dark; --back: #fff; --text: #1c2126; --faint: #59636e; --grid: #d9dee3;
        --track: #eef1f4; --0: #59636e; --1: #0b62b8; --2: #b4450e; --3: #1a7340; --4: #7b3fb5; --5: #9a6b00;
        --bad: #b3261e; }
      @media (prefers-color-scheme: dark) { :root { --back: #14181c; --text: #e4e8ec; --faint: #9aa5b1;
        --grid: #343b43; --track: #232930; --0: #9aa5b1; --1: #5aa9f2; --2: #f08a52; --3: #56bd7f; --4: #b98af0;
        --5: #dcae3c; --bad: #ff8a80; } }
      body { background: var(--back); color: var(--text); font: 15px/1.5 system-ui, sans-serif; margin: 0 auto;
        max-width: 1200px; padding: 1rem; }
      h1 { font-size: 1.4rem; margin: 0; } h2 { font-size: 1rem; margin: 0 0 .3rem; }
      p { margin: .3rem 0; } .faint { color: var(--faint); font-size: .85rem; } .bad { color: var(--bad); }
      .charts { columns: 3 20rem; column-gap: 2rem; margin: 1.5rem 0; }
      section { break-inside: avoid; margin: 0 0 2rem; }
      svg { display: block; width: 100%; max-width: 30rem; height: auto; }
      svg text { fill: var(--text); font: 11px system-ui, sans-serif; }
      svg .figure { text-anchor: end; } svg .middle { text-anchor: middle; }
      svg .track { fill: var(--track); } svg .grid { stroke: var(--grid); }
      svg .limit { stroke: var(--text); stroke-width: 2; }
      svg polyline { fill: none; stroke-width: 2; } svg .dashed { stroke-dasharray: 5 4; }
      .f0 { fill: var(--0); } .f1 { fill: var(--1); } .f2 { fill: var(--2); } .f3 { fill: var(--3); }
      .f4 { fill: var(--4); } .f5 { fill: var(--5); }
      .s0 { stroke: var(--0); } .s1 { stroke: var(--1); } .s2 { stroke: var(--2); } .s3 { stroke: var(--3); }
      .s4 { stroke: var(--4); } .s5 { stroke: var(--5); }
      .key { display: inline-block; width: .8em; height: .8em; margin: 0 .35em 0 0; vertical-align: -.05em; }
      .keys span { margin-right: 1.2em; white-space: nowrap; }
      .scroll { overflow-x: auto; }
      table { border-collapse: collapse; font-size: .85rem; font-variant-numeric: tabular-nums; }
      th, td { padding: .2rem .6rem; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--grid); }
      th:nth-child(-n+3), td:nth-child(-n+3) { text-align: left; } td.bad { white-space: normal; text-align: left; }
      </style>
      </head>
      <body>
      """;

  private static final int SERIES = 5;

  private final BenchReport report;
  private final Map<String, Integer> series = new LinkedHashMap<>();
  private final StringBuilder out = new StringBuilder(HEAD);

  private ReportPage(BenchReport report) {
    this.report = report;
    for (BenchRow row : report.rows()) {
      series.computeIfAbsent(
          row.engine(), engine -> engine.equals("host") ? 0 : 1 + othersThanHost() % SERIES);
    }
  }

  private int othersThanHost() {
    return series.size() - (series.containsKey("host") ? 1 : 0);
  }

  /** The page of {@code report}. */
  public static String of(BenchReport report) {
    ReportPage page = new ReportPage(report);
    page.header();
    page.out.append("<div class=\"charts\">\n");
    page.bars();
    page.roofline();
    page.sweeps();
    page.out.append("</div>\n");
    page.table();
    return page.out.append("</body>\n</html>\n").toString();
  }

  private int series(String engine) {
    return series.getOrDefault(engine, 0);
  }

  private void header() {
    Machine machine = report.machine();
    out.append("<h1>stops bench</h1>\n");
    out.append(
        String.format(
            Locale.ROOT,
            "<p>%s, %d processors, %s</p>\n",
            Markup.escape(machine.cpu()),
            machine.processors(),
            Markup.escape(machine.os())));
    String commit = machine.gitCommit();
    out.append(
        String.format(
            Locale.ROOT,
            "<p class=\"faint\">%s, %s s; Stops %s%s, Java %s</p>\n",
            Markup.escape(report.started()),
            String.format(Locale.ROOT, "%.0f", report.seconds()),
            Markup.escape(machine.stopsVersion()),
            commit == null ? "" : " " + Markup.escape(commit),
            Markup.escape(machine.jdk())));
    long failed = report.rows().stream().filter(BenchRow::isFailed).count();
    if (failed > 0) {
      out.append(
          String.format(
              Locale.ROOT,
              "<p class=\"bad\">%d of %d measurements failed.</p>\n",
              failed,
              report.rows().size()));
    }
    report
        .notes()
        .forEach(
            note -> out.append(String.format(Locale.ROOT, "<p>%s</p>\n", Markup.escape(note))));
  }

  private void bars() {
    for (String engine : series.keySet()) {
      List<BenchRow> rows =
          report.rows().stream().filter(row -> row.engine().equals(engine)).toList();
      if (rows.stream().anyMatch(row -> row.gigabytesPerSecond() != null)) {
        section(
            title(engine),
            "GB/s, read and written or transferred; a line is the path's own limit, and % of it is reached",
            BarChart.of(rows, series(engine)));
      }
    }
  }

  private String title(String engine) {
    return report.devices().stream()
        .filter(device -> device.id().equals(engine))
        .findFirst()
        .map(device -> device.id() + " " + device.name())
        .orElse("Host memory");
  }

  private void section(String title, String explanation, String chart) {
    out.append(
        String.format(
            Locale.ROOT,
            "<section>\n<h2>%s</h2>\n<p class=\"faint\">%s</p>\n%s</section>\n",
            Markup.escape(title),
            Markup.escape(explanation),
            chart));
  }

  /**
   * Adds the plot of samples a second against bytes a sample. Memory bandwidth limits the samples a
   * second: the fewer bytes each has, the higher the limit.
   */
  private void roofline() {
    LogPlot plot = new LogPlot("bytes a sample, read and written", "G samples/s");
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (BenchRow row : report.rows()) {
      if (isConversion(row) && row.samples() > 0) {
        double bytes = (double) row.bytes() / row.samples();
        least = Math.min(least, bytes);
        most = Math.max(most, bytes);
      }
    }
    if (most == 0) {
      return;
    }
    double from = Math.min(least, 4);
    double to = Math.max(most, 16);
    for (BenchRow row : report.rows()) {
      Double speed = row.gigabytesPerSecond();
      if (speed != null && isRoof(row.measure())) {
        plot.line(
            String.format(
                Locale.ROOT,
                "%s %s, %s GB/s",
                row.engine(),
                row.measure(),
                ReportTable.number(speed)),
            series(row.engine()),
            row.measure() == Measure.BOTH_WAYS,
            List.of(new double[] {from, speed / from}, new double[] {to, speed / to}));
      }
    }
    for (BenchRow row : report.rows()) {
      Double speed = row.gigasamplesPerSecond();
      if (speed != null && isConversion(row)) {
        plot.point(
            String.format(
                Locale.ROOT,
                "%s %s %s, %s G samples/s",
                row.engine(),
                row.measure(),
                row.conversion(),
                ReportTable.number(speed)),
            series(row.engine()),
            (double) row.bytes() / row.samples(),
            speed);
      }
    }
    section(
        "Roofline: G samples/s",
        "lines: what a copy in the same memory allows (dashed: uploads and downloads at once); points: conversions and kernels, each engine's beside the others'",
        plot.svg() + keys());
  }

  private static boolean isConversion(BenchRow row) {
    return row.measure() == Measure.HOST_TO_HOST || row.measure() == Measure.KERNEL;
  }

  private static boolean isRoof(Measure measure) {
    return measure == Measure.HOST_COPY
        || measure == Measure.DEVICE_COPY
        || measure == Measure.BOTH_WAYS;
  }

  private String keys() {
    StringBuilder keys = new StringBuilder("<p class=\"faint keys\">");
    series.forEach((engine, number) ->
        keys.append(
            String.format(
                Locale.ROOT,
                "<span><svg class=\"key\" viewBox=\"0 0 8 8\"><rect class=\"f%d\" width=\"8\" height=\"8\"/></svg>%s</span>",
                number,
                Markup.escape(engine.equals("host") ? "host memory" : title(engine)))));
    return keys.append("</p>\n").toString();
  }

  private void sweeps() {
    Map<String, Map<String, List<double[]>>> conversions = new LinkedHashMap<>();
    for (BenchRow row : report.rows()) {
      Double speed = row.gigasamplesPerSecond();
      if (row.measure() == Measure.SWEEP && speed != null) {
        conversions
            .computeIfAbsent(row.conversion(), absent -> new LinkedHashMap<>())
            .computeIfAbsent(row.engine(), absent -> new ArrayList<>())
            .add(new double[] {row.samples(), speed});
      }
    }
    conversions.forEach((conversion, engines) -> {
      LogPlot plot = new LogPlot("samples", "G samples/s");
      engines.forEach((engine, points) -> plot.line(engine, series(engine), false, points));
      section("Sizes: " + conversion, crossover(conversion), plot.svg() + keys());
    });
  }

  private String crossover(String conversion) {
    List<String> texts = new ArrayList<>(List.of("G samples/s, host to host"));
    for (Crossover crossover : report.crossovers()) {
      if (crossover.conversion().equals(conversion)) {
        Long samples = crossover.samples();
        texts.add(
            samples == null
                ? crossover.engine() + " is never faster than the CPU"
                : String.format(
                    Locale.ROOT,
                    "%s is faster than the CPU from %,d samples on",
                    crossover.engine(),
                    samples));
      }
    }
    return String.join("; ", texts);
  }

  private void table() {
    out.append("<div class=\"scroll\"><table>\n<tr>");
    for (String column :
        List.of(
            "engine",
            "measure",
            "conversion",
            "samples",
            "median",
            "±",
            "GB/s",
            "G samples/s",
            "of limit")) {
      out.append("<th>").append(column).append("</th>");
    }
    out.append("</tr>\n");
    for (BenchRow row : report.rows()) {
      Timing timing = row.timing();
      out.append("<tr>");
      cell(row.engine());
      cell(row.measure().toString());
      cell(row.conversion());
      cell(row.samples() == 0 ? "" : String.format(Locale.ROOT, "%,d", row.samples()));
      if (timing == null) {
        out.append(
            String.format(
                Locale.ROOT,
                "<td class=\"bad\" colspan=\"5\">failed: %s</td>",
                Markup.escape(String.valueOf(row.failure()))));
      } else {
        cell(ReportTable.duration(timing.median()));
        cell(
            timing.runs() == 1 ? "" : String.format(Locale.ROOT, "%.0f %%", 100 * timing.spread()));
        cell(ReportTable.number(row.gigabytesPerSecond()));
        cell(ReportTable.number(row.gigasamplesPerSecond()));
        cell(
            row.percentOfLimit() == null
                ? ""
                : String.format(Locale.ROOT, "%.0f %%", row.percentOfLimit()));
      }
      out.append("</tr>\n");
    }
    out.append("</table></div>\n");
  }

  private void cell(String text) {
    out.append("<td>").append(Markup.escape(text)).append("</td>");
  }
}
