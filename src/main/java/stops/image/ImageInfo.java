package stops.image;

import java.util.List;
import java.util.Map;
import stops.engine.SampleType;

/**
 * What an HDR file says of itself.
 *
 * @param format the name of the format, such as {@code OpenEXR}
 * @param domain what the light samples stand for, as the file's metadata says; {@code INTENSITY}
 *     where it says nothing
 * @param domainKnown whether that is sure: false where neither the file nor its format tells
 *     exposure from intensity, so that it is for the caller to say
 * @param parts one or more
 * @param origins for an exposure file made by Stops, the channels that hold exposures, by {@link
 *     #originKey}, with the sample type that each had before; empty where the file does not say
 */
public record ImageInfo(
    String format,
    Domain domain,
    boolean domainKnown,
    List<Part> parts,
    Map<String, SampleType> origins) {

  /** Of a format whose files say what their light stands for. */
  public ImageInfo(
      String format, Domain domain, List<Part> parts, Map<String, SampleType> origins) {
    this(format, domain, true, parts, origins);
  }

  /** The key of a channel in {@link #origins}: its name, behind its part's where that has one. */
  public static String originKey(Part part, Channel channel) {
    return part.name().isEmpty() ? channel.name() : part.name() + "/" + channel.name();
  }
}
