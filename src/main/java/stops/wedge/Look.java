package stops.wedge;

import org.jspecify.annotations.Nullable;
import stops.display.DisplayTransform;
import stops.display.FalseColour;

/**
 * How the light of a picture is shown.
 *
 * @param transform what codes stand for
 * @param colours false colour; null to show the light itself
 * @param contours luminances at which lines are drawn, ascending; empty for none
 * @param weights the shares of red, green and blue in luminance
 */
public record Look(
    DisplayTransform transform,
    @Nullable FalseColour colours,
    double[] contours,
    double[] weights) {}
