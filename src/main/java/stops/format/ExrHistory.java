package stops.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import stops.engine.ExactStops;
import stops.engine.SampleType;
import stops.exr.Attribute;
import stops.exr.ExrHeader;
import stops.exr.codec.Compression;
import stops.exr.codec.ExrChannel;
import stops.exr.codec.ExrException;
import stops.image.Adjusted;
import stops.image.Channel;
import stops.image.Domain;
import stops.image.ImageInfo;
import stops.image.Part;
import stops.image.TargetLayout;

/**
 * The attributes by which Stops remembers what it did to an EXR file:
 *
 * <ul>
 *   <li>{@code stopsVersion}, string: the version of Stops;
 *   <li>{@code stopsDomain}, string: {@code exposure} in a part that holds exposures, {@code
 *       intensity} in any other;
 *   <li>{@code stopsGain}, double: the gain that was applied in all conversions together, in stops;
 *       absent if none was;
 *   <li>{@code stopsOrigins}, stringvector, in exposures: {@code name=type} for each channel of the
 *       part that is one;
 *   <li>{@code stopsCompression}, string, in exposures: the compression that the intensities had,
 *       where it is not that of the exposures and would lose nothing of the intensities;
 *   <li>{@code stopsAdjusted}, stringvector: {@code name=stops} for each channel of the part whose
 *       light was adjusted, such as {@code R=+1/3};
 *   <li>{@code stopsLost}, stringvector: {@code name=number} for each of these, the number of
 *       samples that the opposite adjustment does not restore, or {@code ?}. It has leading zeros,
 *       so that it can be written when all samples are.
 * </ul>
 */
final class ExrHistory {
  private static final String VERSION = "stopsVersion";
  private static final String DOMAIN = "stopsDomain";
  private static final String GAIN = "stopsGain";
  private static final String ORIGINS = "stopsOrigins";
  private static final String COMPRESSION = "stopsCompression";

  private static final String ADJUSTED = "stopsAdjusted";
  private static final String LOST = "stopsLost";

  private static final Set<String> NAMES =
      Set.of(VERSION, DOMAIN, GAIN, ORIGINS, COMPRESSION, ADJUSTED, LOST);

  private static final String UNKNOWN = "?".repeat(15);

  private ExrHistory() {}

  /** Whether an attribute is one of these. */
  static boolean isNote(Attribute attribute) {
    return NAMES.contains(attribute.name());
  }

  /** Exposure if any part says so, else intensity. */
  static Domain domain(List<ExrHeader> parts) {
    return parts.stream()
            .anyMatch(part -> part.string(DOMAIN).equals(Optional.of(Domain.EXPOSURE.toString())))
        ? Domain.EXPOSURE
        : Domain.INTENSITY;
  }

  /** The remembered sample types of intensities, by {@link ImageInfo#originKey}. */
  static Map<String, SampleType> origins(List<ExrHeader> headers, List<Part> parts) {
    Map<String, SampleType> origins = new HashMap<>();
    for (int p = 0; p < parts.size(); p++) {
      Map<String, String> noted = noted(headers.get(p), ORIGINS);
      for (Channel channel : parts.get(p).channels()) {
        String type = noted.get(channel.name());
        for (SampleType known : SampleType.values()) {
          if (known.toString().equals(type)) {
            origins.put(ImageInfo.originKey(parts.get(p), channel), known);
          }
        }
      }
    }
    return Map.copyOf(origins);
  }

  /** The remembered adjustments, by {@link ImageInfo#originKey}. */
  static Map<String, Adjusted> adjusted(List<ExrHeader> headers, List<Part> parts) {
    Map<String, Adjusted> adjusted = new HashMap<>();
    for (int p = 0; p < parts.size(); p++) {
      Map<String, String> stops = noted(headers.get(p), ADJUSTED);
      Map<String, String> lost = noted(headers.get(p), LOST);
      for (Channel channel : parts.get(p).channels()) {
        String text = stops.get(channel.name());
        if (text != null) {
          try {
            adjusted.put(
                ImageInfo.originKey(parts.get(p), channel),
                new Adjusted(ExactStops.parse(text), count(lost.get(channel.name()))));
          } catch (NumberFormatException e) {
            // Another program wrote it.
          }
        }
      }
    }
    return Map.copyOf(adjusted);
  }

  private static long count(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,15}") ? Long.parseLong(text) : Adjusted.UNKNOWN;
  }

  /**
   * The header with the adjustments of the part's channels. It takes as many bytes for any numbers
   * of lost samples.
   */
  static ExrHeader note(ExrHeader header, Part part, Map<String, Adjusted> adjusted)
      throws ExrException {
    List<String> stops = new ArrayList<>();
    List<String> lost = new ArrayList<>();
    for (Channel channel : part.channels()) {
      Adjusted each = adjusted.get(ImageInfo.originKey(part, channel));
      if (each != null) {
        stops.add(channel.name() + "=" + each.stops());
        lost.add(
            channel.name()
                + "="
                + (each.lost() == Adjusted.UNKNOWN
                    ? UNKNOWN
                    : String.format(Locale.ROOT, "%015d", each.lost())));
      }
    }
    return stops.isEmpty()
        ? header.without(ADJUSTED).without(LOST)
        : header.with(Attribute.ofStrings(ADJUSTED, stops)).with(Attribute.ofStrings(LOST, lost));
  }

  private static Map<String, String> noted(ExrHeader header, String name) {
    Map<String, String> noted = new HashMap<>();
    header
        .attribute(name)
        .filter(a -> a.type().equals("stringvector"))
        .map(Attribute::strings)
        .orElse(List.of())
        .forEach(note -> {
          int equals = note.lastIndexOf('=');
          if (equals > 0) {
            noted.put(note.substring(0, equals), note.substring(equals + 1));
          }
        });
    return noted;
  }

  /** The remembered compression of the intensities, if there is one. */
  static Optional<Compression> formerCompression(ExrHeader header) {
    return header
        .string(COMPRESSION)
        .flatMap(name ->
            List.of(Compression.values()).stream()
                .filter(c -> c.toString().equals(name))
                .findFirst());
  }

  /**
   * The header with the attributes that hold for a new file, and without those that no longer do.
   *
   * @param header of the file to be written
   * @param former the source's header; the same as {@code header} where the source is no EXR file
   * @param part the part in the source
   */
  static ExrHeader note(ExrHeader header, ExrHeader former, Part part, TargetLayout layout)
      throws ExrException {
    List<String> origins = new ArrayList<>();
    for (Channel channel : part.channels()) {
      SampleType origin = layout.origins().get(ImageInfo.originKey(part, channel));
      if (origin != null) {
        origins.add(channel.name() + "=" + origin);
      }
    }
    boolean others = origins.isEmpty() && !layout.origins().isEmpty();
    Domain domain = others ? Domain.INTENSITY : layout.domain();
    ExrHeader noted =
        note(header, part, layout.adjusted())
            .with(Attribute.ofString(VERSION, version()))
            .with(Attribute.ofString(DOMAIN, domain.toString()));
    double gain = gain(former) + (takesPart(former, layout, domain) ? layout.gainStops() : 0);
    noted = gain == 0 ? noted.without(GAIN) : noted.with(Attribute.ofDouble(GAIN, gain));
    if (domain == Domain.INTENSITY) {
      return noted.without(ORIGINS).without(COMPRESSION);
    }
    noted =
        origins.isEmpty()
            ? noted.without(ORIGINS)
            : noted.with(Attribute.ofStrings(ORIGINS, origins));
    Compression before = former.compression();
    if (before != header.compression()
        && before.lossless(former.channels().stream().map(ExrChannel::type).toList())) {
      String name = before.toString().toLowerCase(Locale.ROOT);
      return noted.with(Attribute.ofString(COMPRESSION, name));
    }
    return noted;
  }

  /** Whether any channel of the part is converted, as far as the headers tell. */
  private static boolean takesPart(ExrHeader former, TargetLayout layout, Domain domain) {
    return layout.domain() == Domain.EXPOSURE
        ? domain == Domain.EXPOSURE
        : !former.string(DOMAIN).equals(Optional.of(Domain.INTENSITY.toString()));
  }

  private static double gain(ExrHeader header) {
    return header
        .attribute(GAIN)
        .filter(a -> a.type().equals("double"))
        .map(Attribute::doubleValue)
        .filter(Double::isFinite)
        .orElse(0.0);
  }

  private static String version() {
    String version = ExrHistory.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
