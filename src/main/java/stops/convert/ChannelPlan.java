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
 * The plan of a file's conversion: for every channel, whether it is converted and to which type. It
 * is made before the first sample is read.
 *
 * @param choices for each part and channel, whether it is converted, and if not, why
 * @param conversions for each part and channel, its conversion; null if it is copied
 * @param types for each part and channel, its sample type in the target; null for integers
 * @param exposures the channels that hold exposures in the target, by {@link ImageInfo#originKey},
 *     with the sample type that a conversion back to intensity restores
 */
record ChannelPlan(
    List<List<LightChannels.Choice>> choices,
    List<List<@Nullable Conversion>> conversions,
    List<List<@Nullable SampleType>> types,
    Map<String, SampleType> exposures) {

  /**
   * Plans the conversion of a file with header {@code info}.
   *
   * @param domain the domain of its light
   */
  static ChannelPlan of(ImageInfo info, SourceDomain domain, FileRequest request) {
    List<List<LightChannels.Choice>> choices = choices(info, domain, request);
    List<List<@Nullable Conversion>> conversions = new ArrayList<>();
    List<List<@Nullable SampleType>> types = new ArrayList<>();
    Map<String, SampleType> exposures = new HashMap<>(domain.exposures());
    for (int p = 0; p < info.parts().size(); p++) {
      Part part = info.parts().get(p);
      List<@Nullable Conversion> partConversions = new ArrayList<>();
      List<@Nullable SampleType> partTypes = new ArrayList<>();
      for (int i = 0; i < part.channels().size(); i++) {
        Channel channel = part.channels().get(i);
        SampleType source = channel.type();
        if (source == null || !choices.get(p).get(i).light()) {
          partConversions.add(null);
          partTypes.add(source);
          continue;
        }
        String key = ImageInfo.originKey(part, channel);
        SampleType target = target(request, source, domain.exposures().get(key));
        partConversions.add(
            new Conversion(
                request.to() == Domain.EXPOSURE ? Direction.TO_EXPOSURE : Direction.TO_INTENSITY,
                source,
                target,
                request.gainStops(),
                request.zero()));
        partTypes.add(target);
        if (request.to() == Domain.EXPOSURE) {
          exposures.put(key, source);
        } else {
          exposures.remove(key);
        }
      }
      conversions.add(partConversions);
      types.add(partTypes);
    }
    return new ChannelPlan(choices, conversions, types, exposures);
  }

  /** Chooses channels by name, among those that the file's metadata allow. */
  private static List<List<LightChannels.Choice>> choices(
      ImageInfo info, SourceDomain domain, FileRequest request) {
    LightChannels names = LightChannels.of(request);
    List<List<LightChannels.Choice>> byName = names.of(info);
    List<List<LightChannels.Choice>> choices = new ArrayList<>();
    for (int p = 0; p < info.parts().size(); p++) {
      Part part = info.parts().get(p);
      List<LightChannels.Choice> ofPart = new ArrayList<>();
      for (int c = 0; c < part.channels().size(); c++) {
        Channel channel = part.channels().get(c);
        boolean allowed = domain.allows(request.to(), ImageInfo.originKey(part, channel));
        ofPart.add(
            domain.remembers() && request.to() == Domain.INTENSITY
                ? back(byName.get(p).get(c), allowed, names, part, channel)
                : there(byName.get(p).get(c), allowed));
      }
      choices.add(ofPart);
    }
    return choices;
  }

  private static LightChannels.Choice there(LightChannels.Choice byName, boolean allowed) {
    return byName.light() && !allowed ? LightChannels.Choice.left("exposures already") : byName;
  }

  /**
   * The choice for a conversion back to intensity. By default it covers all channels that hold
   * exposures, under any name, except excluded ones.
   */
  private static LightChannels.Choice back(
      LightChannels.Choice byName,
      boolean allowed,
      LightChannels names,
      Part part,
      Channel channel) {
    if (!allowed) {
      return byName.light() ? LightChannels.Choice.left("holds no exposures") : byName;
    }
    return names.isDefault() && !names.excludes(part, channel)
        ? LightChannels.Choice.LIGHT
        : byName;
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

  /** The domain of the target: exposure if any channel holds exposures. */
  Domain domain() {
    return exposures.isEmpty() ? Domain.INTENSITY : Domain.EXPOSURE;
  }

  /** Whether any channel is converted. */
  boolean convertsAnything() {
    return conversions.stream().flatMap(List::stream).anyMatch(c -> c != null);
  }

  /** The number of samples to convert, at full resolution. */
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
   * The memory of a strip with its results, in bytes.
   *
   * @param sourceBytes memory of the strip as read, in bytes
   * @param masked whether samples are replaced in a copy of the strip
   */
  long stripBytes(List<Part> parts, long sourceBytes, boolean masked) {
    long widest = 1;
    for (int p = 0; p < parts.size(); p++) {
      for (int c = 0; c < types.get(p).size(); c++) {
        SampleType target = types.get(p).get(c);
        if (target != null) {
          widest = Math.max(widest, target.bytes() / parts.get(p).channels().get(c).bytes());
        }
      }
    }
    return sourceBytes * (1 + widest + (masked ? 1 : 0) + (mayWiden(parts) ? widest : 0));
  }

  /** Whether results are widened to the type of channels that they may be interleaved with. */
  private boolean mayWiden(List<Part> parts) {
    return parts.size() == 1
        && parts.getFirst().channels().stream().map(Channel::type).distinct().count() == 1
        && types.getFirst().stream().distinct().count() > 1;
  }
}
