package stops.image;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import stops.engine.SampleType;

/**
 * The content of a file to be written.
 *
 * @param domain exposure if any channel will hold exposures, else intensity
 * @param types for each part, the sample type of each channel; null for 32-bit unsigned integers
 * @param origins the sample types of the intensities, for every channel that will hold exposures:
 *     see {@link ImageInfo#origins}
 * @param gainStops the gain of the conversion, in stops, for the history in the file
 * @param adjusted the channels whose light was adjusted, by {@link ImageInfo#originKey}
 */
public record TargetLayout(
    Domain domain,
    List<List<@Nullable SampleType>> types,
    Map<String, SampleType> origins,
    double gainStops,
    Map<String, Adjusted> adjusted) {

  /** The content of a file whose light was not adjusted. */
  public TargetLayout(
      Domain domain,
      List<List<@Nullable SampleType>> types,
      Map<String, SampleType> origins,
      double gainStops) {
    this(domain, types, origins, gainStops, Map.of());
  }
}
