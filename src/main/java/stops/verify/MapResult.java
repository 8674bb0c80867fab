package stops.verify;

import org.jspecify.annotations.Nullable;
import stops.engine.Direction;
import stops.engine.SampleType;

/**
 * What an engine made of many inputs of one map.
 *
 * @param direction the map
 * @param source type of the inputs
 * @param target type of the results
 * @param inputs how many inputs were tried
 * @param misrounded how many results are not the correctly rounded ones
 * @param firstMisrounded the first of them, on one line; null if there is none
 * @param largestErrorUlps the largest distance of a result from the true value in units in the last
 *     place of the target type, infinite if one of them is infinite or NaN and the other is not;
 *     0.5 stands for all that are correctly rounded
 * @param tallyDiffers whether the counts of unusual samples differ from the definition's
 * @param sha256 over all results in the order of the inputs' bit patterns, little-endian, in hex;
 *     null unless all 2^32 float32 inputs were tried
 * @param publishedSha256 what it has to be; null likewise
 * @param seconds how long it took
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

  /** Whether every result is the one that the definition gives. */
  boolean passed() {
    return misrounded == 0 && !tallyDiffers && (sha256 == null || sha256.equals(publishedSha256));
  }
}
