package stops.verify;

import org.jspecify.annotations.Nullable;
import stops.engine.Direction;
import stops.engine.SampleType;

/**
 * The result of verifying one map of an engine with many inputs.
 *
 * @param direction the map
 * @param source type of the inputs
 * @param target type of the results
 * @param inputs number of inputs that were tried
 * @param misrounded number of results that are not correctly rounded
 * @param firstMisrounded the first misrounded result, on one line; null if there is none
 * @param largestErrorUlps the largest distance of a result from the true value, in units in the
 *     last place of the target type; infinite if a misrounded result, or the right one, is infinite
 *     or NaN; 0.5 if all results are correctly rounded
 * @param tallyDiffers whether the counts of unusual samples differ from the definition's
 * @param sha256 over all results in the order of the inputs' bit patterns, little-endian, in hex;
 *     null unless all 2^32 float32 inputs were tried
 * @param publishedSha256 the right {@code sha256}; null unless all inputs were tried
 * @param seconds duration of the verification
 */
public record MapResult(
    Direction direction,
    SampleType source,
    SampleType target,
    long inputs,
    long misrounded,
    @Nullable String firstMisrounded,
    double largestErrorUlps,
    boolean tallyDiffers,
    @Nullable String sha256,
    @Nullable String publishedSha256,
    double seconds) {

  /** Whether every result is the definition's. */
  boolean passed() {
    return misrounded == 0 && !tallyDiffers && (sha256 == null || sha256.equals(publishedSha256));
  }
}
