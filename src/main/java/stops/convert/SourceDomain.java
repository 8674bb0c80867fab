package stops.convert;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import stops.engine.SampleType;
import stops.image.Channel;
import stops.image.Domain;
import stops.image.ImageException;
import stops.image.ImageInfo;
import stops.image.Part;

/**
 * The domain of an input's light, with the evidence for it.
 *
 * @param basis the evidence for the domain
 * @param exposures the channels that hold exposures according to the file, by {@link
 *     ImageInfo#originKey}, with the sample type that a conversion back restores; empty if there
 *     are none
 */
record SourceDomain(DomainBasis basis, Map<String, SampleType> exposures) {

  /**
   * The domain of a file with header {@code info}.
   *
   * @throws ImageException if the file already is in the requested domain
   */
  static SourceDomain of(ImageInfo info, FileRequest request) throws ImageException {
    Domain needed = request.to().other();
    Map<String, SampleType> exposures = exposures(info);
    if (request.from() != null
        && (!info.domainKnown() || info.domain() != needed || !request.channels().isEmpty())) {
      return new SourceDomain(DomainBasis.TOLD, exposures);
    }
    if (!info.domainKnown()) {
      return new SourceDomain(DomainBasis.ASSUMED, exposures);
    }
    boolean already =
        info.domain() == request.to()
            && (needed == Domain.EXPOSURE || allAreExposures(info, request, exposures));
    if (already && !request.force()) {
      throw already(request);
    }
    return new SourceDomain(already ? DomainBasis.TOLD : DomainBasis.STATED, exposures);
  }

  /**
   * Whether the file records which channels hold exposures, and this decides which are converted.
   */
  boolean remembers() {
    return basis == DomainBasis.STATED && !exposures.isEmpty();
  }

  /**
   * Whether the file's metadata allow a channel to be converted: to intensity only channels that
   * hold exposures, to exposure only the others.
   */
  boolean allows(Domain to, String key) {
    return !remembers() || exposures.containsKey(key) == (to == Domain.INTENSITY);
  }

  private static ImageException already(FileRequest request) {
    return ImageException.input(
        request.input(),
        request.to() == Domain.EXPOSURE
            ? "already holds exposures in stops; use --force or --from intensity to convert it all"
                + " the same"
            : "holds intensities, as nothing in it says that they are exposures; use --from exposure"
                + " if they are");
  }

  /**
   * The channels that hold exposures. If a file states only that it holds exposures, they are the
   * channels that are light by default.
   */
  static Map<String, SampleType> exposures(ImageInfo info) {
    if (info.domain() == Domain.INTENSITY || !info.origins().isEmpty()) {
      return info.domain() == Domain.INTENSITY ? Map.of() : info.origins();
    }
    Map<String, SampleType> exposures = new HashMap<>();
    List<List<LightChannels.Choice>> light = LightChannels.byDefault().of(info);
    for (int p = 0; p < info.parts().size(); p++) {
      Part part = info.parts().get(p);
      for (int c = 0; c < part.channels().size(); c++) {
        Channel channel = part.channels().get(c);
        SampleType type = channel.type();
        if (type != null && light.get(p).get(c).light()) {
          exposures.put(ImageInfo.originKey(part, channel), type);
        }
      }
    }
    return exposures;
  }

  /**
   * Whether no channel is left to convert to exposure. True as well if the caller named an exposure
   * channel exactly.
   */
  private static boolean allAreExposures(
      ImageInfo info, FileRequest request, Map<String, SampleType> exposures) {
    LightChannels names = LightChannels.of(request);
    List<List<LightChannels.Choice>> light = names.of(info);
    boolean all = true;
    for (int p = 0; p < info.parts().size(); p++) {
      Part part = info.parts().get(p);
      for (int c = 0; c < part.channels().size(); c++) {
        Channel channel = part.channels().get(c);
        boolean exposure = exposures.containsKey(ImageInfo.originKey(part, channel));
        if (light.get(p).get(c).light()) {
          if (exposure && names.namesExactly(part, channel)) {
            return true;
          }
          all &= exposure;
        }
      }
    }
    return all && light.stream().flatMap(List::stream).anyMatch(LightChannels.Choice::light);
  }
}
