package stops.cli.wedge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import stops.display.FalseColour;
import stops.display.Layer;
import stops.display.ScaledPicture;
import stops.wedge.Wedge;

/**
 * What is said of a sheet that was written, as a line and as JSON.
 *
 * @param options what was asked for
 * @param input the file
 * @param name its name for people
 * @param layer the layer that is shown
 * @param factor how many of its pixels became one in each direction
 * @param picture its light
 * @param written where the pictures are
 */
record WedgeText(
    WedgeOptions options,
    WedgeOptions.Input input,
    String name,
    Layer layer,
    int factor,
    ScaledPicture picture,
    Wedge.Written written) {

  String line() {
    int count = options.exposures().size();
    return String.format(
        Locale.ROOT,
        "%s -> %s: %d %s of %d x %d pixels, %s",
        name,
        input.output(),
        count,
        count == 1 ? "picture" : "pictures",
        picture.width(),
        picture.height(),
        options.subtitle(options.kind() == Wedge.Kind.EXR));
  }

  Map<String, Object> json() {
    Map<String, Object> json = head(input);
    json.put("layer", layer.name());
    json.put("scale", 1.0 / factor);
    json.put(
        "displayTransform", options.kind() == Wedge.Kind.EXR ? "none" : options.display().label());
    json.put("pictureWidth", picture.width());
    json.put("pictureHeight", picture.height());
    if (written.width() > 0) {
      json.put("width", written.width());
      json.put("height", written.height());
      json.put("pictures", written.cells().stream().map(WedgeText::cell).toList());
    }
    if (options.falseColour()) {
      json.put("bands", bands(options.colours()));
    }
    return json;
  }

  /** What is said of every file, also of one that failed. */
  static Map<String, Object> head(WedgeOptions.Input input) {
    Map<String, Object> json = new LinkedHashMap<>();
    input.frame().ifPresent(frame -> json.put("frame", frame));
    json.put("input", input.file().toString());
    json.put("output", input.output().toString());
    return json;
  }

  private static Map<String, Object> cell(Wedge.Cell cell) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("stops", cell.stops().toString());
    json.put("x", cell.x());
    json.put("y", cell.y());
    return json;
  }

  private static List<Map<String, Object>> bands(FalseColour colours) {
    List<Map<String, Object>> all = new ArrayList<>();
    double[] limits = colours.limits();
    for (int band = 0; band < colours.bands(); band++) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("name", colours.name(band));
      if (band > 0) {
        json.put("fromStops", colours.bounds().get(band - 1).high());
        json.put("fromIntensity", limits[band - 1]);
      }
      json.put("colour", String.format(Locale.ROOT, "#%06x", colours.rgb(band)));
      all.add(json);
    }
    return all;
  }
}
