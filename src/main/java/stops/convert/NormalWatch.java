package stops.convert;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.SampleType;
import stops.image.Channel;
import stops.image.Part;
import stops.image.Plane;
import stops.image.Strip;

/**
 * Warns of layers that are converted to exposure but look like normals or other vectors. It samples
 * pixels of each layer of three channels. They look like vectors if many have a negative component
 * and nearly all have length 1, or if a large part has one and all components are within −1 to 1.
 * Thread-safe.
 */
final class NormalWatch {
  private static final int PIXELS_OF_STRIP = 128;
  private static final int FEWEST_PIXELS = 8;
  private static final double GOLDEN_RATIO = 0.6180339887498949;
  private static final double LENGTH_TOLERANCE = 0.05;
  private static final double LARGEST = 1.02;

  private final List<Part> parts;
  private final List<List<Layer>> layers = new ArrayList<>();

  private static final class Layer {
    final String name;
    final int[] channels;
    long pixels;
    long negative;
    long unit;
    long outside;

    Layer(String name, List<Integer> channels) {
      this.name = name;
      this.channels = channels.stream().mapToInt(Integer::intValue).toArray();
    }

    synchronized void add(long more, long moreNegative, long moreUnit, long moreOutside) {
      pixels += more;
      negative += moreNegative;
      unit += moreUnit;
      outside += moreOutside;
    }

    synchronized boolean isLikeVectors() {
      return pixels >= FEWEST_PIXELS
          && negative >= 0.05 * pixels
          && (unit >= 0.9 * pixels || (outside == 0 && negative >= 0.25 * pixels));
    }
  }

  NormalWatch(List<Part> parts, ChannelPlan plan) {
    this.parts = parts;
    for (int p = 0; p < parts.size(); p++) {
      layers.add(layers(parts.get(p), plan.conversions().get(p)));
    }
  }

  private static List<Layer> layers(Part part, List<@Nullable Conversion> conversions) {
    Map<String, List<Integer>> converted = new LinkedHashMap<>();
    for (int c = 0; c < part.channels().size(); c++) {
      Channel channel = part.channels().get(c);
      Conversion conversion = conversions.get(c);
      if (conversion != null
          && conversion.direction() == Direction.TO_EXPOSURE
          && channel.xSampling() == 1
          && channel.ySampling() == 1) {
        converted.computeIfAbsent(LightChannels.layer(channel), k -> new ArrayList<>()).add(c);
      }
    }
    return converted.entrySet().stream()
        .filter(layer -> layer.getValue().size() == 3)
        .map(layer -> new Layer(layer.getKey(), layer.getValue()))
        .toList();
  }

  /** Samples pixels of a strip of the source. */
  void add(Strip strip) {
    for (Layer layer : layers.get(strip.part())) {
      look(strip, layer);
    }
  }

  private void look(Strip strip, Layer layer) {
    Samples[] samples = new Samples[3];
    long count = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      samples[i] = samples(strip, layer.channels[i]);
      count = Math.min(count, samples[i].count());
    }
    long pixels = Math.min(count, PIXELS_OF_STRIP);
    long black = 0;
    long negative = 0;
    long unit = 0;
    long outside = 0;
    for (int i = 0; i < pixels; i++) {
      // The pixels are spread evenly but not periodically, so that they do not coincide with a
      // pattern.
      long pixel = pixels == count ? i : (long) (i * GOLDEN_RATIO % 1 * count);
      double x = samples[0].get(pixel);
      double y = samples[1].get(pixel);
      double z = samples[2].get(pixel);
      double square = x * x + y * y + z * z;
      if (square == 0) {
        black++;
        continue;
      }
      negative += x < 0 || y < 0 || z < 0 ? 1 : 0;
      unit += Math.abs(square - 1) < LENGTH_TOLERANCE ? 1 : 0;
      boolean within = Math.abs(x) <= LARGEST && Math.abs(y) <= LARGEST && Math.abs(z) <= LARGEST;
      outside += within ? 0 : 1;
    }
    layer.add(pixels - black, negative, unit, outside);
  }

  private Samples samples(Strip strip, int channel) {
    Plane plane = strip.planeOf(channel);
    SampleType type = parts.get(strip.part()).channels().get(channel).type();
    if (type == null) {
      throw new IllegalArgumentException("channel " + channel + " has no samples of light");
    }
    return new Samples(plane, channel - plane.firstChannel(), type);
  }

  /** The samples of one channel. */
  private record Samples(Plane plane, int channel, SampleType type) {
    private static final ValueLayout.OfShort SHORT =
        JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
        JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE =
        JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    long count() {
      return plane.count() / plane.channels();
    }

    double get(long pixel) {
      MemorySegment memory = plane.samples();
      long offset = (pixel * plane.channels() + channel) * type.bytes();
      return switch (type) {
        case FLOAT16 -> Float.float16ToFloat(memory.get(SHORT, offset));
        case FLOAT32 -> memory.get(FLOAT, offset);
        case FLOAT64 -> memory.get(DOUBLE, offset);
      };
    }
  }

  /** A line for each layer that looks like vectors. Complete after the last strip. */
  List<String> warnings() {
    List<String> lines = new ArrayList<>();
    for (int p = 0; p < parts.size(); p++) {
      for (Layer layer : layers.get(p)) {
        if (layer.isLikeVectors()) {
          lines.add(warning(parts.get(p), layer));
        }
      }
    }
    return lines;
  }

  private static String warning(Part part, Layer layer) {
    List<String> names = new ArrayList<>();
    for (int channel : layer.channels) {
      names.add(part.channels().get(channel).name());
    }
    String what = layer.name.isEmpty() ? String.join(",", names) : layer.name;
    String where = part.name().isEmpty() ? "" : part.name() + "/";
    return String.format(
        Locale.ROOT,
        "%s%s: was converted as light, but looks like normals or vectors; --exclude %s leaves it",
        where,
        what,
        what);
  }
}
