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
 */
public record TargetLayout(
    Domain domain,
    List<List<@Nullable SampleType>> types,
    Map<String, SampleType> origins,
    double gainStops) {}
