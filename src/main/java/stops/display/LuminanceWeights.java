package stops.display;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import stops.image.Part;

/**
 * The shares of R, G and B in luminance Y: the second row of the matrix from RGB to CIE XYZ. It
 * follows from the chromaticities of the primaries and of the white point (SMPTE RP 177).
 */
public final class LuminanceWeights {
  /** Those of Rec. ITU-R BT.709, with four digits as it has them. */
  private static final double[] REC_709 = {0.2126, 0.7152, 0.0722};

  private LuminanceWeights() {}

  /** The weights of the part's chromaticities, if it has usable ones; else those of Rec.709. */
  public static double[] of(Part part) {
    String text = part.attributes().get("chromaticities");
    double[] found = text == null ? null : ofText(text);
    return found == null ? REC_709.clone() : found;
  }

  /** The weights of eight numbers: x and y of red, green, blue and white; null if unusable. */
  public static double @Nullable [] ofText(String text) {
    double[] xy;
    try {
      xy = Arrays.stream(text.strip().split("\\s+")).mapToDouble(Double::parseDouble).toArray();
    } catch (NumberFormatException e) {
      return null;
    }
    if (xy.length != 8) {
      return null;
    }
    // The luminances S solve P S = W, with columns (x/y, 1, (1-x-y)/y) of primaries and white.
    double[] red = column(xy[0], xy[1]);
    double[] green = column(xy[2], xy[3]);
    double[] blue = column(xy[4], xy[5]);
    double[] white = column(xy[6], xy[7]);
    double all = determinant(red, green, blue);
    double[] weights = {
      determinant(white, green, blue) / all,
      determinant(red, white, blue) / all,
      determinant(red, green, white) / all
    };
    boolean usable = Arrays.stream(weights).allMatch(w -> Math.abs(w) <= 2);
    return usable ? weights : null;
  }

  private static double[] column(double x, double y) {
    return new double[] {x / y, 1, (1 - x - y) / y};
  }

  private static double determinant(double[] a, double[] b, double[] c) {
    return a[0] * (b[1] * c[2] - c[1] * b[2])
        - b[0] * (a[1] * c[2] - c[1] * a[2])
        + c[0] * (a[1] * b[2] - b[1] * a[2]);
  }
}
