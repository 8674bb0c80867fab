package stops.convert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.ExactStops;
import stops.engine.SampleType;
import stops.engine.ZeroPolicy;
import stops.image.Adjusted;
import stops.image.Channel;
import stops.image.Domain;
import stops.image.ImageInfo;
import stops.image.Part;

/**
 * The plan of an adjustment of a file's light, made before the first sample is read. Channels are
 * named by {@link ImageInfo#originKey}.
 *
 * @param channels the channels with their conversions
 * @param basis the evidence for the domain of the light
 * @param stops by how many stops each channel that is adjusted becomes brighter now
 * @param remembered what the output remembers, with an unknown number of lost samples
 * @param lost number of samples that an undone adjustment does not restore, as the input says; 0 if
 *     nothing is undone
 */
record AdjustmentPlan(
    ChannelPlan channels,
    DomainBasis basis,
    Map<String, ExactStops> stops,
    Map<String, Adjusted> remembered,
    long lost) {

  /** Plans the adjustment of a file with header {@code info}. */
  static AdjustmentPlan of(ImageInfo info, AdjustRequest request) {
    Map<String, SampleType> exposures = exposures(info, request);
    Map<String, ExactStops> stops = new HashMap<>();
    Map<String, Adjusted> remembered = new HashMap<>();
    info.adjusted().forEach((key, adjusted) -> remembered.put(key, adjusted.changed()));
    List<List<LightChannels.Choice>> choices = new ArrayList<>();
    List<List<@Nullable Conversion>> conversions = new ArrayList<>();
    List<List<@Nullable SampleType>> types = new ArrayList<>();
    List<List<LightChannels.Choice>> light = LightChannels.of(request).of(info);
    long lost = 0;
    for (int p = 0; p < info.parts().size(); p++) {
      Part part = info.parts().get(p);
      List<LightChannels.Choice> ofPart = new ArrayList<>();
      List<@Nullable Conversion> partConversions = new ArrayList<>();
      List<@Nullable SampleType> partTypes = new ArrayList<>();
      for (int c = 0; c < part.channels().size(); c++) {
        Channel channel = part.channels().get(c);
        String key = ImageInfo.originKey(part, channel);
        LightChannels.Choice choice = light.get(p).get(c);
        ExactStops amount = amount(info, request, part, channel, choice);
        SampleType source = channel.type();
        if (source == null || amount == null) {
          ofPart.add(choice.light() ? LightChannels.Choice.left(why(request)) : choice);
          partConversions.add(null);
          partTypes.add(source);
          continue;
        }
        SampleType target = request.type() == null ? source : request.type();
        ofPart.add(LightChannels.Choice.LIGHT);
        partConversions.add(
            new Conversion(
                exposures.containsKey(key) ? Direction.SHIFT : Direction.SCALE,
                source,
                target,
                amount.high(),
                amount.low(),
                ZeroPolicy.INF));
        partTypes.add(target);
        stops.put(key, amount);
        Adjusted before = info.adjusted().get(key);
        if (before == null) {
          remembered.put(key, new Adjusted(amount, Adjusted.UNKNOWN));
        } else if (request.undo()) {
          remembered.remove(key);
          lost = lost < 0 || before.lost() < 0 ? Adjusted.UNKNOWN : lost + before.lost();
        } else {
          remembered.put(key, new Adjusted(before.stops().plus(amount), Adjusted.UNKNOWN));
        }
      }
      choices.add(ofPart);
      conversions.add(partConversions);
      types.add(partTypes);
    }
    return new AdjustmentPlan(
        new ChannelPlan(choices, conversions, types, exposures),
        basis(info, request),
        Map.copyOf(stops),
        Map.copyOf(remembered),
        lost);
  }

  private static String why(AdjustRequest request) {
    return request.undo() ? "not adjusted before" : "no amount for it";
  }

  private static DomainBasis basis(ImageInfo info, AdjustRequest request) {
    return request.from() != null && !(info.domainKnown() && request.from() == info.domain())
        ? DomainBasis.TOLD
        : info.domainKnown() ? DomainBasis.STATED : DomainBasis.ASSUMED;
  }

  /** The channels that hold exposures, with the types of their intensities. */
  private static Map<String, SampleType> exposures(ImageInfo info, AdjustRequest request) {
    if (request.from() == Domain.INTENSITY) {
      return Map.of();
    }
    if (request.from() == null || info.domain() == Domain.EXPOSURE) {
      return SourceDomain.exposures(info);
    }
    Map<String, SampleType> exposures = new HashMap<>();
    List<List<LightChannels.Choice>> light = LightChannels.of(request).of(info);
    for (int p = 0; p < info.parts().size(); p++) {
      Part part = info.parts().get(p);
      for (int c = 0; c < part.channels().size(); c++) {
        SampleType type = part.channels().get(c).type();
        if (type != null && light.get(p).get(c).light()) {
          exposures.put(ImageInfo.originKey(part, part.channels().get(c)), type);
        }
      }
    }
    return exposures;
  }

  /** By how many stops a channel becomes brighter; null if it is left as it is. */
  private static @Nullable ExactStops amount(
      ImageInfo info,
      AdjustRequest request,
      Part part,
      Channel channel,
      LightChannels.Choice choice) {
    LightChannels names = LightChannels.of(request);
    if (request.undo()) {
      Adjusted adjusted = info.adjusted().get(ImageInfo.originKey(part, channel));
      boolean meant = names.isDefault() ? !names.excludes(part, channel) : choice.light();
      return adjusted == null || !meant ? null : adjusted.stops().negate();
    }
    ExactStops amount = null;
    for (AdjustRequest.Amount each : request.amounts()) {
      boolean named =
          each.channel().isEmpty()
              ? choice.light()
              : NamePatterns.of(List.of(each.channel())).nameChannel(part, channel)
                  && !names.excludes(part, channel);
      amount = named ? each.stops() : amount;
    }
    return amount;
  }

  /**
   * What the output remembers once the samples that do not come back are counted.
   *
   * @param info the input's header
   * @param found the number of samples of each channel that were lost now
   */
  Map<String, Adjusted> remembered(ImageInfo info, Map<String, Long> found) {
    Map<String, Adjusted> all = new HashMap<>(remembered);
    remembered.forEach((key, adjusted) -> {
      Long now = found.get(key);
      Adjusted before = info.adjusted().get(key);
      if (now == null) {
        all.put(key, before == null ? adjusted : before);
      } else if (before == null) {
        all.put(key, new Adjusted(adjusted.stops(), now));
      } else if (before.lost() >= 0 && isWhole(key) && before.stops().isWhole()) {
        all.put(key, new Adjusted(adjusted.stops(), before.lost() + now));
      }
    });
    return all;
  }

  /** Whether intensities are multiplied by a power of two, which loses bits at the ends only. */
  private boolean isWhole(String key) {
    ExactStops amount = stops.get(key);
    return amount != null && amount.isWhole() && !channels.exposures().containsKey(key);
  }
}
