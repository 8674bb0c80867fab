package stops.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import stops.match.Match;

/** The results of {@code stops match}. */
final class MatchText {
  /** Standard errors behind ±. */
  private static final double ERRORS = 2;

  private static final int MOST_DECIMALS = 4;

  private MatchText() {}

  static List<String> lines(MatchOptions options, List<PictureMatch> found) {
    List<String> lines = new ArrayList<>();
    for (PictureMatch picture : found) {
      Double stops = picture.stops();
      if (stops != null) {
        lines.add(
            String.format(
                Locale.ROOT,
                "%s is %+.2f stops (by metadata: %s, REF %s)",
                picture.file(),
                stops + 0.0,
                picture.settings(),
                picture.referenceSettings()));
      }
      for (Match match : picture.matches()) {
        lines.add(line(options, picture, match));
      }
      if (picture.output() != null) {
        lines.add("  -> " + picture.output());
      }
    }
    return lines;
  }

  private static String line(MatchOptions options, PictureMatch picture, Match match) {
    String name =
        options.request().perChannel() ? picture.file() + " " + match.channel() : picture.file();
    String above = options.reference() == null ? " above " + options.value() : "";
    return String.format(
        Locale.ROOT,
        "%s is %s stops%s (%s)",
        name,
        withError(match.stops(), ERRORS * match.standardError()),
        above,
        rests(options, match));
  }

  /** Two decimals, or up to four where the error is smaller. */
  private static String withError(double stops, double error) {
    int decimals = 2;
    while (decimals < MOST_DECIMALS && error < Math.pow(10, -decimals)) {
      decimals++;
    }
    // A difference of −0.001 is written without its sign.
    double unit = Math.pow(10, decimals);
    double rounded = Math.rint(stops * unit) / unit + 0.0;
    return String.format(Locale.ROOT, "%+." + decimals + "f ± %." + decimals + "f", rounded, error);
  }

  private static String rests(MatchOptions options, Match match) {
    double percent = 100 * match.fraction();
    String share = String.format(Locale.ROOT, percent < 1 ? "%.1f %%" : "%.0f %%", percent);
    return options.request().distribution()
        ? "by distribution, " + share + " of its quantiles"
        : share + " of pixels";
  }

  static Map<String, Object> json(
      MatchOptions options, @Nullable String reference, List<PictureMatch> found) {
    Map<String, Object> json = new LinkedHashMap<>();
    if (reference == null) {
      json.put("value", options.value());
    } else {
      json.put("reference", reference);
    }
    json.put(
        "by",
        options.byMetadata()
            ? "metadata"
            : options.request().distribution() ? "distribution" : "pixels");
    json.put("pictures", found.stream().map(MatchText::json).toList());
    return json;
  }

  private static Map<String, Object> json(PictureMatch picture) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", picture.file());
    put(json, "error", picture.problem());
    put(json, "stops", picture.stops());
    put(json, "settings", picture.settings());
    put(json, "referenceSettings", picture.referenceSettings());
    put(json, "output", picture.output());
    if (!picture.matches().isEmpty()) {
      json.put("matches", picture.matches().stream().map(MatchText::json).toList());
    }
    return json;
  }

  private static Map<String, Object> json(Match match) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("channel", match.channel());
    json.put("stops", match.stops());
    json.put("standardError", match.standardError());
    json.put("deviation", match.deviation());
    json.put("pixels", match.pixels());
    json.put("compared", match.compared());
    json.put("fraction", match.fraction());
    put(json, "floorStops", match.floorStops());
    put(json, "clipStops", match.clipStops());
    put(json, "otherClipStops", match.otherClipStops());
    return json;
  }

  private static void put(Map<String, Object> json, String key, @Nullable Object value) {
    if (value != null) {
      json.put(key, value);
    }
  }
}
