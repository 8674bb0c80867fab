package stops.convert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.SampleType;
import stops.image.Channel;
import stops.image.Domain;
import stops.image.ImageInfo;
import stops.image.Part;

/**
 * What becomes of every channel of a file, decided before the first sample is read.
 *
 * @param conversions for each part and channel what is done to it; null where it is copied
 * @param types for each part and channel its sample type in the target; null for integers
 * @param origins the sample types to be remembered in an exposure file
 */
record ChannelPlan(
    List<List<@Nullable Conversion>> conversions,
    List<List<@Nullable SampleType>> types,
    Map<String, SampleType> origins) {

  /** Plans the conversion of a file that says {@code info} of itself. */
  static ChannelPlan of(ImageInfo info, FileRequest request) {
    LightChannels names = LightChannels.named(request.channels());
    List<List<@Nullable Conversion>> conversions = new ArrayList<>();
    List<List<@Nullable SampleType>> types = new ArrayList<>();
    Map<String, SampleType> origins = new HashMap<>();
    for (Part part : info.parts()) {
      var light = names.of(part);
      List<@Nullable Conversion> partConversions = new ArrayList<>();
      List<@Nullable SampleType> partTypes = new ArrayList<>();
      for (int i = 0; i < part.channels().size(); i++) {
        Channel channel = part.channels().get(i);
        SampleType source = channel.type();
        if (source == null || !light.get(i)) {
          partConversions.add(null);
          partTypes.add(source);
          continue;
        }
        String key = ImageInfo.originKey(part, channel);
        SampleType target = target(request, source, info.origins().get(key));
        partConversions.add(
            new Conversion(
                request.to() == Domain.EXPOSURE ? Direction.TO_EXPOSURE : Direction.TO_INTENSITY,
                source,
                target,
                request.gainStops(),
                request.zero()));
        partTypes.add(target);
        if (request.to() == Domain.EXPOSURE) {
          origins.put(key, source);
        }
      }
      conversions.add(partConversions);
      types.add(partTypes);
    }
    return new ChannelPlan(conversions, types, origins);
  }

  private static SampleType target(
      FileRequest request, SampleType source, @Nullable SampleType origin) {
    if (request.type() != null) {
      return request.type();
    }
    if (request.to() == Domain.EXPOSURE) {
      return source == SampleType.FLOAT16 ? SampleType.FLOAT32 : source;
    }
    return origin == null ? source : origin;
  }

  /** Whether anything is converted at all. */
  boolean convertsAnything() {
    return conversions.stream().flatMap(List::stream).anyMatch(c -> c != null);
  }

  /** How many samples are converted, at full resolution. */
  long samples(List<Part> parts) {
    long samples = 0;
    for (int p = 0; p < parts.size(); p++) {
      Part part = parts.get(p);
      for (int c = 0; c < part.channels().size(); c++) {
        if (conversions.get(p).get(c) != null) {
          Channel channel = part.channels().get(c);
          samples +=
              Math.ceilDiv(part.dataWindow().width(), channel.xSampling())
                  * Math.ceilDiv(part.dataWindow().height(), channel.ySampling());
        }
      }
    }
    return samples;
  }

  /**
   * How much memory a strip takes, with what becomes of it.
   *
   * @param sourceBytes how much it takes as it is read
   */
  long stripBytes(List<Part> parts, long sourceBytes) {
    long widest = 1;
    for (int p = 0; p < parts.size(); p++) {
      for (int c = 0; c < types.get(p).size(); c++) {
        SampleType target = types.get(p).get(c);
        if (target != null) {
          widest = Math.max(widest, target.bytes() / parts.get(p).channels().get(c).bytes());
        }
      }
    }
    return sourceBytes * (1 + widest);
  }
}
