package stops.image;

import java.util.List;
import java.util.Map;
import stops.engine.SampleType;

/**
 * The description of an HDR file, from its own header.
 *
 * @param format the name of the format, such as {@code OpenEXR}
 * @param domain the meaning of the light samples, as the file's metadata says; {@code INTENSITY}
 *     where it says nothing
 * @param domainKnown whether the domain is sure. It is not where neither the file nor its format
 *     tells exposure from intensity; then the caller has to say
 * @param parts one or more
 * @param origins the sample types of the intensities that exposures were made from, by {@link
 *     #originKey}; empty where the file does not say
 * @param adjusted the channels whose light was adjusted, by {@link #originKey}; empty where the
 *     file does not say
 */
public record ImageInfo(
    String format,
    Domain domain,
    boolean domainKnown,
    List<Part> parts,
    Map<String, SampleType> origins,
    Map<String, Adjusted> adjusted) {

  /** The description of a file that remembers no adjustment. */
  public ImageInfo(
      String format,
      Domain domain,
      boolean domainKnown,
      List<Part> parts,
      Map<String, SampleType> origins) {
    this(format, domain, domainKnown, parts, origins, Map.of());
  }

  /** The description of a file whose format tells exposure from intensity. */
  public ImageInfo(
      String format, Domain domain, List<Part> parts, Map<String, SampleType> origins) {
    this(format, domain, true, parts, origins);
  }

  /**
   * The key of a channel in {@link #origins}: {@code PART/CHANNEL}, or the channel's name alone.
   */
  public static String originKey(Part part, Channel channel) {
    return part.name().isEmpty() ? channel.name() : part.name() + "/" + channel.name();
  }
}
