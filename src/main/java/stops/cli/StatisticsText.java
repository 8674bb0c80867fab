package stops.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import stops.cli.terminal.Numbers;
import stops.image.Window;
import stops.stats.ChannelStatistics;
import stops.stats.ChannelStatistics.Exposures;
import stops.stats.ChannelStatistics.Intensities;
import stops.stats.FileStatistics;
import stops.text.OneLine;

/** The statistics that {@code stops stats} prints, as tables and as JSON. */
final class StatisticsText {
  private static final String NONE = "-";

  private StatisticsText() {}

  /** A heading, and tables with a row for each channel. */
  static List<String> lines(
      StatsOptions.Input input, String name, @Nullable Window region, FileStatistics found) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s%s: %s, %s%s",
            input.prefix(),
            name,
            found.info().format(),
            found.info().domainKnown() ? found.info().domain() : "intensity or exposure, not said",
            region == null ? "" : ", region " + region));
    List<ChannelStatistics> channels = found.channels();
    lines.addAll(table(counts(channels)));
    lines.addAll(table(linear(channels)));
    if (channels.stream().anyMatch(each -> each.exposures() != null)) {
      lines.addAll(table(stops(channels)));
    }
    TreeSet<Double> percents = new TreeSet<>();
    for (ChannelStatistics each : channels) {
      if (each.intensities() != null) {
        percents.addAll(each.intensities().percentilesIntensity().keySet());
      }
    }
    if (!percents.isEmpty()) {
      lines.addAll(table(percentiles(channels, percents)));
    }
    return lines;
  }

  private static List<List<String>> counts(List<ChannelStatistics> channels) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("counts", "samples", "zero", "negative", "infinite", "NaN"));
    for (ChannelStatistics each : channels) {
      rows.add(
          List.of(
              name(each),
              Numbers.grouped(each.samples()),
              Numbers.grouped(each.zero()),
              Numbers.grouped(each.negative()),
              Numbers.grouped(each.infinite()),
              Numbers.grouped(each.nan())));
    }
    return rows;
  }

  private static List<List<String>> linear(List<ChannelStatistics> channels) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("linear", "minimum", "maximum", "arithmetic mean", "median"));
    for (ChannelStatistics each : channels) {
      Intensities of = each.intensities();
      rows.add(
          of == null
              ? List.of(name(each), NONE, NONE, NONE, NONE)
              : List.of(
                  name(each),
                  intensity(of.minimumIntensity()),
                  intensity(of.maximumIntensity()),
                  intensity(of.arithmeticMeanIntensity()),
                  intensity(of.medianIntensity())));
    }
    return rows;
  }

  private static List<List<String>> stops(List<ChannelStatistics> channels) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "stops",
            "minimum",
            "maximum",
            "geometric mean",
            "median",
            "std deviation",
            "range 0.1-99.9 %",
            "full range",
            "key value"));
    for (ChannelStatistics each : channels) {
      Exposures of = each.exposures();
      if (of != null) {
        rows.add(
            List.of(
                name(each),
                stops(of.minimumStops()),
                stops(of.maximumStops()),
                stops(of.geometricMeanStops()),
                stops(of.medianStops()),
                stops(of.standardDeviationStops()),
                stops(of.dynamicRangeStops()),
                stops(of.fullRangeStops()),
                stops(of.keyValueStops())));
      }
    }
    return rows;
  }

  /** For each channel a row in linear intensity, and one in stops. */
  private static List<List<String>> percentiles(
      List<ChannelStatistics> channels, TreeSet<Double> percents) {
    List<List<String>> rows = new ArrayList<>();
    List<String> heading = new ArrayList<>(List.of("percentiles"));
    percents.forEach(percent -> heading.add(percent(percent) + " %"));
    rows.add(heading);
    for (ChannelStatistics each : channels) {
      if (each.intensities() != null) {
        List<String> row = new ArrayList<>(List.of(name(each) + ", linear"));
        each.intensities().percentilesIntensity().values().forEach(v -> row.add(intensity(v)));
        rows.add(row);
      }
      if (each.exposures() != null) {
        List<String> row = new ArrayList<>(List.of(name(each) + ", stops"));
        each.exposures().percentilesStops().values().forEach(v -> row.add(stops(v)));
        rows.add(row);
      }
    }
    return rows;
  }

  /** Lines of columns: the first to the left, the others to the right. */
  private static List<String> table(List<List<String>> rows) {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(" ");
      for (int column = 0; column < row.size(); column++) {
        int width = width(rows, column);
        line.append(' ')
            .append(
                String.format(
                    Locale.ROOT, (column == 0 ? "%-" : "%") + width + "s", row.get(column)));
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private static int width(List<List<String>> rows, int column) {
    int least = column == 0 ? 11 : 10;
    return rows.stream()
        .filter(row -> column < row.size())
        .mapToInt(row -> row.get(column).length())
        .reduce(least, Math::max);
  }

  private static String name(ChannelStatistics each) {
    return OneLine.of(each.part().isEmpty() ? each.channel() : each.part() + "/" + each.channel());
  }

  private static String intensity(double value) {
    return String.format(Locale.ROOT, "%.6g", value);
  }

  private static String stops(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /** A percentage without needless zeros. */
  static String percent(double percent) {
    return percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent);
  }

  /** The beginning of the JSON of a file. */
  static Map<String, Object> head(StatsOptions.Input input) {
    Map<String, Object> json = new LinkedHashMap<>();
    input.frame().ifPresent(number -> json.put("frame", number));
    json.put("file", input.file().toString());
    return json;
  }

  /** The statistics of a file as JSON. */
  static Map<String, Object> json(
      StatsOptions.Input input, String name, @Nullable Window region, FileStatistics found) {
    Map<String, Object> json = head(input);
    json.put("file", name);
    json.put("format", found.info().format());
    json.put("domain", found.info().domain().toString());
    json.put("domainKnown", found.info().domainKnown());
    if (region != null) {
      json.put("region", region);
    }
    json.put("notes", found.notes());
    json.put("channels", found.channels().stream().map(StatisticsText::json).toList());
    return json;
  }

  private static Map<String, Object> json(ChannelStatistics each) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("part", each.part());
    json.put("channel", each.channel());
    json.put("meaning", each.meaning().toString());
    json.put("samples", each.samples());
    json.put("zero", each.zero());
    json.put("negative", each.negative());
    json.put("infinite", each.infinite());
    json.put("nan", each.nan());
    Intensities linear = each.intensities();
    if (linear != null) {
      json.put("minimumIntensity", linear.minimumIntensity());
      json.put("maximumIntensity", linear.maximumIntensity());
      json.put("arithmeticMeanIntensity", linear.arithmeticMeanIntensity());
      json.put("medianIntensity", linear.medianIntensity());
      json.put("percentilesIntensity", byPercent(linear.percentilesIntensity()));
      json.put("percentileWidth", linear.percentileWidth());
    }
    Exposures stops = each.exposures();
    if (stops != null) {
      json.put("samplesAboveZero", stops.samplesAboveZero());
      json.put("minimumStops", stops.minimumStops());
      json.put("maximumStops", stops.maximumStops());
      json.put("geometricMeanStops", stops.geometricMeanStops());
      json.put("medianStops", stops.medianStops());
      json.put("standardDeviationStops", stops.standardDeviationStops());
      json.put("dynamicRangeStops", stops.dynamicRangeStops());
      json.put("fullRangeStops", stops.fullRangeStops());
      json.put("keyValueStops", stops.keyValueStops());
      json.put("percentilesStops", byPercent(stops.percentilesStops()));
      json.put("percentileWidthStops", stops.percentileWidthStops());
      Map<String, Object> histogram = new LinkedHashMap<>();
      histogram.put("stepStops", Exposures.HISTOGRAM_STEP_STOPS);
      histogram.put("fromStops", stops.histogramStops().keySet());
      histogram.put("samples", stops.histogramStops().values());
      json.put("histogram", histogram);
    }
    return json;
  }

  private static Map<String, Double> byPercent(SortedMap<Double, Double> percentiles) {
    Map<String, Double> named = new LinkedHashMap<>();
    percentiles.forEach((percent, value) -> named.put(percent(percent), value));
    return named;
  }
}
