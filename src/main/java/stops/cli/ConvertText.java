package stops.cli;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import stops.cli.terminal.Numbers;
import stops.convert.ChannelReport;
import stops.convert.FileReport;
import stops.convert.LayerReport;
import stops.engine.Anomaly;
import stops.engine.EngineFault;
import stops.engine.EngineInfo;
import stops.engine.EngineUse;
import stops.engine.ZeroPolicy;
import stops.text.NameList;

/** The report of {@code stops convert} or {@code stops adjust} on a finished file. */
final class ConvertText {
  private ConvertText() {}

  /** The report for people, in a few lines. */
  static List<String> summary(FileReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s -> %s (%s), %s %s%s",
            report.input(),
            report.output(),
            report.format(),
            from(report),
            report.adjusts() ? "adjusted" : "to " + report.to(),
            report.gainStops() == 0
                ? ""
                : String.format(Locale.ROOT, ", gain %s stops", report.gainStops())));
    layers(report).forEach(line -> lines.add("  " + line));
    for (EngineUse use : report.engines()) {
      if (use.samples() > 0) {
        lines.add("  " + line(use));
      }
    }
    lines.add("  chosen because: " + report.reason());
    lines.add(
        String.format(
            Locale.ROOT,
            "  %s samples in %s (%s samples/s)",
            Numbers.grouped(report.samples()),
            Numbers.seconds(report.seconds()),
            Numbers.prefixed(report.samples() / report.seconds())));
    if (report.adjusts() && report.written()) {
      lines.add("  " + lost(report));
    }
    report.notes().forEach(note -> lines.add("  note: " + note));
    return lines;
  }

  /** How many samples the opposite adjustment does not restore. */
  private static String lost(FileReport report) {
    long rounded = report.count(Anomaly.ROUNDED);
    long overflow = report.count(Anomaly.OVERFLOW);
    long underflow = report.count(Anomaly.UNDERFLOW);
    long lost = rounded + overflow + underflow;
    if (!report.lossless()) {
      return "the compression changes samples, which the opposite adjustment does not restore";
    }
    return lost == 0
        ? "no sample is rounded: the opposite adjustment restores every one"
        : String.format(
            Locale.ROOT,
            "%s of %s samples are not restored by the opposite adjustment: %s rounded, %s too"
                + " large, %s too small",
            Numbers.grouped(lost),
            Numbers.grouped(report.samples()),
            Numbers.grouped(rounded),
            Numbers.grouped(overflow),
            Numbers.grouped(underflow));
  }

  /**
   * The unusual samples of a channel that users are warned of. That samples are rounded is usual in
   * an adjustment.
   */
  static Map<Anomaly, ChannelReport.Found> warned(ChannelReport channel) {
    Map<Anomaly, ChannelReport.Found> warned = new EnumMap<>(Anomaly.class);
    warned.putAll(channel.anomalies());
    warned.remove(Anomaly.ROUNDED);
    return warned;
  }

  /** An engine and its share of the work: {@code cpu, NAME (DETAIL): 1,234 samples}. */
  static String line(EngineUse use) {
    EngineInfo engine = use.engine();
    return String.format(
        Locale.ROOT,
        "%s, %s (%s): %s samples",
        engine.id(),
        engine.name(),
        engine.detail(),
        Numbers.grouped(use.samples()));
  }

  /** The domain of the input, and who said so if the file did not. */
  private static String from(FileReport report) {
    return switch (report.fromBasis()) {
      case STATED -> report.from().toString();
      case ASSUMED -> report.from() + " (assumed)";
      case TOLD -> report.from() + " (as told)";
    };
  }

  /** A line for each layer: its channels, and how they were converted or why not. */
  static List<String> layers(FileReport report) {
    return report.layers().stream().map(layer -> name(layer) + ": " + what(layer)).toList();
  }

  /** {@code R G B}, or in a layer {@code diffuse.R .G .B}, behind the part's name. */
  private static String name(LayerReport layer) {
    String part = layer.part().isEmpty() ? "" : layer.part() + "/";
    return layer.layer().isEmpty()
        ? part + NameList.of(layer.channels(), " ")
        : part + layer.layer() + "." + NameList.of(layer.channels(), " .");
  }

  private static String what(LayerReport layer) {
    if (!layer.stops().isEmpty()) {
      String type =
          layer.from().equals(layer.to()) ? layer.to() : layer.from() + " -> " + layer.to();
      return type + ", " + layer.stops() + " stops";
    }
    if (layer.converted()) {
      return layer.from() + " -> " + layer.to();
    }
    String left = layer.from() + ", left (" + layer.reason() + ")";
    return layer.from().equals(layer.to()) ? left : left + ", as " + layer.to();
  }

  /** {@code PART/CHANNEL}, or the channel's name alone where the part has none. */
  static String name(ChannelReport channel) {
    return channel.part().isEmpty() ? channel.channel() : channel.part() + "/" + channel.channel();
  }

  /** A warning for each channel and kind of unusual sample. */
  static List<String> warnings(FileReport report) {
    List<String> lines = new ArrayList<>();
    for (ChannelReport channel : report.channels()) {
      warned(channel)
          .forEach((anomaly, found) ->
              lines.add(
                  String.format(
                      Locale.ROOT,
                      "warning: %s: %s %s, first at (%d, %d)",
                      name(channel),
                      Numbers.grouped(found.count()),
                      describe(anomaly, report.zero(), report.floor()),
                      found.first().x(),
                      found.first().y())));
    }
    if (report.adjusts() && report.written() && report.lost() != 0) {
      lines.add(
          report.lost() < 0
              ? "warning: how many samples did not come back is not known"
              : "warning: " + Numbers.grouped(report.lost()) + " samples did not come back");
    }
    lines.addAll(doubts(report));
    lines.addAll(faults(report.engines()));
    return lines;
  }

  /** A warning for each layer that may have been misjudged. */
  static List<String> doubts(FileReport report) {
    return report.warnings().stream().map(doubt -> "warning: " + doubt).toList();
  }

  /** A warning for each failure of an engine. */
  static List<String> faults(List<EngineUse> engines) {
    List<String> lines = new ArrayList<>();
    for (EngineUse use : engines) {
      for (EngineFault fault : use.faults()) {
        lines.add("warning: " + fault + "; the work was done elsewhere");
      }
    }
    return lines;
  }

  /** Why nothing was written, on one line. */
  static String notWritten(FileReport report) {
    if (report.adjusts()) {
      return String.format(
          Locale.ROOT,
          "%s: %s; nothing was written (--force writes what can be had)",
          report.input(),
          report.lost() < 0
              ? "it does not say how many samples the adjustment rounded, so some may not come back"
              : Numbers.grouped(report.lost()) + " samples do not come back");
    }
    return String.format(
        Locale.ROOT,
        "%s: %d zero samples have no exposure; nothing was written (--zero fail)",
        report.input(),
        report.count(Anomaly.UNDEFINED));
  }

  /** The kind of unusual samples, to go behind their number. */
  static String describe(Anomaly anomaly, ZeroPolicy zero, @Nullable Double floor) {
    return switch (anomaly) {
      case UNDEFINED ->
          String.format(
              Locale.ROOT,
              "zero samples have no exposure (%s)",
              switch (zero) {
                case INF ->
                    floor == null
                        ? "stored as -infinity, which converts back to 0"
                        : "stored as the floor";
                case NAN -> "stored as NaN";
                case FLOOR -> floor == null ? "stored as -1073" : "stored as the floor";
                case FAIL -> "nothing is written";
              });
      case CLAMPED ->
          "samples are negative or below 1e-323 "
              + (floor == null || floor <= -1073
                  ? "(clamped to 1e-323, -1073 stops)"
                  : "(stored as the floor)");
      case NAN -> "samples are NaN";
      case INFINITE -> "samples are infinite";
      case OVERFLOW -> "samples are too large for their type (stored as infinity)";
      case UNDERFLOW -> "samples are too small for their type (stored as 0)";
      case FLOORED ->
          String.format(
              Locale.ROOT, "samples are below the floor, %s stops (stored as the floor)", floor);
      case ROUNDED -> "samples are rounded, and the opposite adjustment does not restore them";
    };
  }

  /** The report as JSON: the record, with anomalies by lower-case name. */
  static Map<String, Object> json(FileReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("input", report.input());
    json.put("output", report.output());
    json.put("format", report.format());
    json.put("from", report.from().toString());
    json.put("fromBasis", report.fromBasis().toString());
    json.put("to", report.to().toString());
    json.put("gainStops", report.gainStops());
    if (report.adjusts()) {
      json.put("lost", report.lost());
    }
    json.put("zero", report.zero().name().toLowerCase(Locale.ROOT));
    json.put("floor", report.floor());
    json.put("written", report.written());
    json.put("lossless", report.lossless());
    json.put("samples", report.samples());
    json.put("seconds", report.seconds());
    json.put("notes", report.notes());
    json.put("warnings", report.warnings());
    json.put("layers", report.layers());
    List<Map<String, Object>> channels = new ArrayList<>();
    for (ChannelReport channel : report.channels()) {
      Map<String, Object> each = new LinkedHashMap<>();
      each.put("part", channel.part());
      each.put("channel", channel.channel());
      each.put("from", channel.from());
      each.put("to", channel.to());
      each.put("converted", channel.converted());
      each.put("reason", channel.reason());
      if (report.adjusts()) {
        each.put("stops", channel.stops());
      }
      each.put("samples", channel.samples());
      Map<String, Object> anomalies = new LinkedHashMap<>();
      channel
          .anomalies()
          .forEach(
              (anomaly, found) -> anomalies.put(anomaly.name().toLowerCase(Locale.ROOT), found));
      each.put("anomalies", anomalies);
      channels.add(each);
    }
    json.put("channels", channels);
    json.put("engines", report.engines().stream().map(ConvertText::json).toList());
    json.put("reason", report.reason());
    return json;
  }

  /** An engine and its work, as JSON. */
  static Map<String, Object> json(EngineUse use) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", use.engine().id());
    json.put("kind", use.engine().kind().name());
    json.put("name", use.engine().name());
    json.put("detail", use.engine().detail());
    json.put("reason", use.reason());
    json.put("samples", use.samples());
    json.put("chunks", use.chunks());
    json.put("busySeconds", use.busySeconds());
    json.put("faults", use.faults().stream().map(EngineFault::toString).toList());
    return json;
  }
}
