package stops.view;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import stops.display.FalseColour;
import stops.display.Layer;
import stops.engine.EngineFailure;
import stops.image.ImageException;
import stops.image.Window;
import stops.stats.ChannelStatistics;
import stops.stats.FileStatistics;
import stops.stats.HistogramPicture;
import stops.stats.StatisticsRequest;

/** What the page asks for, as JSON. Numbers that JSON has not are texts: {@code "NaN"}. */
final class Answers {
  private static final Gson GSON =
      new GsonBuilder()
          .registerTypeAdapter(
              Double.class,
              (JsonSerializer<Double>)
                  (value, type, context) ->
                      Double.isFinite(value)
                          ? new JsonPrimitive(value)
                          : new JsonPrimitive(value.toString()))
          .create();

  /** No light is darker by so many stops. */
  private static final double MOST_STOPS = 1e4;

  private Answers() {}

  static String json(Object value) {
    return GSON.toJson(value);
  }

  /** A failure in a line. */
  static String message(Throwable failure) {
    return switch (failure) {
      case ViewProblem e -> String.valueOf(e.getMessage());
      case ImageException e -> String.valueOf(e.getMessage());
      case EngineFailure e -> String.valueOf(e.getMessage());
      case OutOfMemoryError e ->
          "this needs more memory than Java has; give it more with --memory or"
              + " STOPS_JAVA_OPTS=-Xmx4g";
      default -> "this failed unexpectedly: " + failure;
    };
  }

  /** All that the page has to know at the start. */
  static Map<String, Object> pictures(List<ViewInput> inputs) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (ViewInput input : inputs) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", input.name());
      input.frame().ifPresent(frame -> one.put("frame", frame));
      all.add(one);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("pictures", all);
    json.put("display", Map.of("bands", bands()));
    return json;
  }

  /** The bands of false colour: name, colour from 0 to 1, and where it begins, in stops above 1. */
  private static List<Map<String, Object>> bands() {
    FalseColour colours = FalseColour.usual();
    double[] limits = colours.limits();
    List<Map<String, Object>> all = new ArrayList<>();
    for (int band = 0; band < colours.bands(); band++) {
      int rgb = colours.rgb(band);
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", colours.name(band));
      one.put("from", band == 0 ? -MOST_STOPS : Math.log(limits[band - 1]) / Math.log(2));
      one.put(
          "rgb", List.of((rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0));
      all.add(one);
    }
    return all;
  }

  /** The samples of a pixel as they are in the file, of all channels of the layer's part. */
  static Map<String, Object> probe(Picture picture, int layerIndex, int x, int y)
      throws ViewProblem, ImageException {
    Layer layer = picture.layer(layerIndex);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("x", x);
    json.put("y", y);
    json.put("channels", Probe.of(picture, layer, x, y));
    return json;
  }

  /** Statistics of the light, or of the channels of a layer, in a region. */
  static Map<String, Object> statistics(Picture picture, int layerIndex, Window region, Work work)
      throws ViewProblem, ImageException, InterruptedException {
    Layer layer = picture.layer(layerIndex);
    List<String> channels =
        layer.channels().stream()
            .limit(3)
            .map(c -> picture.part(layer).channels().get(c))
            .filter(channel -> channel.type() != null)
            .map(channel -> Probe.fullName(picture.part(layer), channel))
            .toList();
    StatisticsRequest request =
        new StatisticsRequest(
            picture.path(),
            picture.domain(),
            channels,
            List.of(),
            region,
            StatisticsRequest.USUAL_PERCENTS,
            false);
    List<ChannelStatistics> found =
        FileStatistics.of(request, picture.source(), work.workers(), (done, all) -> {}).channels();
    List<String> shown =
        layer.channels().stream().map(c -> picture.part(layer).channels().get(c).name()).toList();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(
        "roi",
        String.format(
            Locale.ROOT,
            "%d,%d,%d,%d",
            region.xMin(),
            region.yMin(),
            region.width(),
            region.height()));
    json.put(
        "channels",
        found.stream()
            .sorted(Comparator.comparingInt(each -> shown.indexOf(each.channel())))
            .map(Answers::channel)
            .toList());
    HistogramPicture.svg(picture.name(), found).ifPresent(svg -> json.put("histogram", svg));
    return json;
  }

  private static Map<String, Object> channel(ChannelStatistics each) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("channel", each.channel());
    json.put("samples", each.samples());
    json.put("zero", each.zero());
    json.put("negative", each.negative());
    json.put("infinite", each.infinite());
    json.put("nan", each.nan());
    ChannelStatistics.Intensities linear = each.intensities();
    if (linear != null) {
      json.put("mean", linear.arithmeticMeanIntensity());
      json.put("minimum", linear.minimumIntensity());
      json.put("maximum", linear.maximumIntensity());
      json.put("median", linear.medianIntensity());
    }
    ChannelStatistics.Exposures stops = each.exposures();
    if (stops != null) {
      json.put("meanStops", stops.geometricMeanStops());
      json.put("medianStops", stops.medianStops());
      json.put("lowStops", stops.percentilesStops().get(1.0));
      json.put("highStops", stops.percentilesStops().get(99.0));
    }
    return json;
  }
}
