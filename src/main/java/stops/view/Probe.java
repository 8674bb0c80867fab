package stops.view;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import stops.display.Layer;
import stops.display.LayerReader;
import stops.image.Channel;
import stops.image.ImageException;
import stops.image.ImageSource;
import stops.image.Part;
import stops.image.Plane;
import stops.image.Strip;
import stops.image.StripPlace;
import stops.image.Window;
import stops.math.Scalar;

/** Reads the samples of one pixel as they are in the file. */
final class Probe {
  private Probe() {}

  /** The channels of the part of {@code layer} at a pixel, each with intensity and stops. */
  static List<Map<String, Object>> of(Picture picture, Layer layer, int x, int y)
      throws ViewProblem, ImageException {
    ImageSource source = picture.source();
    Window pixel = new Window(x, y, x, y);
    if (picture.window(layer).intersection(pixel).isEmpty()) {
      throw new ViewProblem(ViewProblem.BAD_REQUEST, "there is no pixel " + x + ", " + y);
    }
    for (int i = 0; i < source.strips(); i++) {
      StripPlace place = source.place(i).orElse(null);
      if (source.isFullSize(i) && (place == null || place.touches(layer.part(), pixel))) {
        try (Arena memory = Arena.ofConfined()) {
          Strip strip = source.read(i, memory);
          if (strip.part() == layer.part() && strip.window().intersection(pixel).isPresent()) {
            return samples(picture, layer, strip, x, y);
          }
        } catch (InternalError e) {
          // The JVM throws this for a mapped file that has become shorter.
          throw ImageException.truncated(picture.path(), e);
        }
      }
    }
    throw ImageException.input(picture.path(), "has no pixel " + x + ", " + y);
  }

  private static List<Map<String, Object>> samples(
      Picture picture, Layer layer, Strip strip, int x, int y) {
    List<Channel> channels = picture.part(layer).channels();
    List<Map<String, Object>> all = new ArrayList<>();
    for (int i = 0; i < layer.channels().size(); i++) {
      int c = layer.channels().get(i);
      double value = sample(strip, strip.planeOf(c), channels.get(c), c, x, y);
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("channel", channels.get(c).name());
      one.put("type", channels.get(c).typeName());
      if (layer.exposures().get(i)) {
        one.put("intensity", Scalar.intensity(value));
        one.put("stops", value);
      } else {
        one.put("intensity", value);
        if (value > 0) {
          one.put("stops", Scalar.exposure(value));
        }
      }
      all.add(one);
    }
    return all;
  }

  private static double sample(Strip strip, Plane plane, Channel channel, int c, int x, int y) {
    long row = LayerReader.places(strip.window().yMin(), y, channel.ySampling());
    long column = LayerReader.places(strip.window().xMin(), x, channel.xSampling());
    long place = row * plane.rowSamples() + column * plane.channels() + c - plane.firstChannel();
    return switch (channel.type()) {
      case null -> Integer.toUnsignedLong(plane.samples().get(Plane.UINT32, place * 4));
      case FLOAT16 -> Float.float16ToFloat(plane.samples().get(Plane.FLOAT16, place * 2));
      case FLOAT32 -> plane.samples().get(Plane.FLOAT32, place * 4);
      case FLOAT64 -> plane.samples().get(Plane.FLOAT64, place * 8);
    };
  }

  static String fullName(Part part, Channel channel) {
    return part.name().isEmpty() ? channel.name() : part.name() + "/" + channel.name();
  }
}
