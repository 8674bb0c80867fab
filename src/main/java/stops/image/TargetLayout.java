package stops.image;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import stops.engine.SampleType;

/**
 * What a file to be written holds.
 *
 * @param domain what its light samples will stand for: exposures if any of them will
 * @param types for each part, the sample type of each channel; null for 32-bit unsigned integers
 * @param origins to be remembered in an exposure file, every channel that will hold exposures: see
 *     {@link ImageInfo#origins}
 * @param gainStops the gain that was applied, in stops, for the file's history
 */
public record TargetLayout(
    Domain domain,
    List<List<@Nullable SampleType>> types,
    Map<String, SampleType> origins,
    double gainStops) {}
