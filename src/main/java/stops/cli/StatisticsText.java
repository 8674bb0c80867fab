package stops.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import stops.cli.terminal.Numbers;
import stops.stats.ChannelStatistics;
import stops.text.OneLine;

/** The statistics that {@code stops info --stats} prints. */
final class StatisticsText {
  private static final String HEADING = "samples of";
  private static final String NUMBERS = " %12s %12s %11s %11s %14s %9s %9s %9s %9s";

  private StatisticsText() {}

  /** A row for each channel, in intensity and in stops whichever of them the file holds. */
  static List<String> table(List<ChannelStatistics> statistics) {
    int widest = statistics.stream().mapToInt(each -> name(each).length()).max().orElse(0);
    String format = "  %-" + Math.max(widest, HEADING.length()) + "s" + NUMBERS;
    List<String> rows = new ArrayList<>();
    rows.add(
        String.format(
            Locale.ROOT,
            format,
            HEADING,
            "minimum",
            "maximum",
            "min stops",
            "max stops",
            "samples",
            "zero",
            "negative",
            "infinite",
            "NaN"));
    for (ChannelStatistics each : statistics) {
      rows.add(
          String.format(
              Locale.ROOT,
              format,
              name(each),
              number("%.6g", each.minimum()),
              number("%.6g", each.maximum()),
              number("%.4f", each.minimumStops()),
              number("%.4f", each.maximumStops()),
              Numbers.grouped(each.samples()),
              Numbers.grouped(each.zero()),
              Numbers.grouped(each.negative()),
              Numbers.grouped(each.infinite()),
              Numbers.grouped(each.nan())));
    }
    return rows;
  }

  private static String name(ChannelStatistics each) {
    return OneLine.of(each.part().isEmpty() ? each.channel() : each.part() + "/" + each.channel());
  }

  private static String number(String format, @Nullable Double number) {
    return number == null ? "-" : String.format(Locale.ROOT, format, number);
  }

  /** The statistics of a channel as JSON: the record without its absent values. */
  static Map<String, Object> json(ChannelStatistics each) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("part", each.part());
    json.put("channel", each.channel());
    json.put("meaning", each.meaning().toString());
    json.put("samples", each.samples());
    put(json, "minimum", each.minimum());
    put(json, "maximum", each.maximum());
    put(json, "minimumStops", each.minimumStops());
    put(json, "maximumStops", each.maximumStops());
    json.put("zero", each.zero());
    json.put("negative", each.negative());
    json.put("infinite", each.infinite());
    json.put("nan", each.nan());
    return json;
  }

  private static void put(Map<String, Object> json, String key, @Nullable Double value) {
    if (value != null) {
      json.put(key, value);
    }
  }
}
