package stops.wedge;

import java.util.Arrays;
import java.util.stream.IntStream;
import stops.display.FalseColour;
import stops.display.LayerReader;
import stops.display.ScaledPicture;
import stops.engine.ExactStops;

/**
 * A picture at an exposure, row by row: its light, or false colour, and contours over it. Confined
 * to one thread.
 */
final class Exposed {
  private static final int NO_BAND = -2;
  private static final int NO_LIGHT = -1;
  private static final int WHITE = 0xffffff;
  private static final int BLACK = 0x000000;

  private final ScaledPicture picture;
  private final Look look;
  private final double factor;
  private final double[] limits;
  private final int[] colours;
  private final float[] light = new float[LayerReader.SAMPLES];

  Exposed(ScaledPicture picture, Look look, ExactStops stops) {
    this.picture = picture;
    this.look = look;
    factor = StrictMath.pow(2, stops.high());
    FalseColour falseColour = look.colours();
    limits = falseColour == null ? new double[0] : falseColour.limits();
    colours =
        falseColour == null
            ? new int[0]
            : IntStream.range(0, falseColour.bands()).map(falseColour::rgb).toArray();
  }

  int width() {
    return picture.width();
  }

  int height() {
    return picture.height();
  }

  /** Draws row {@code y} from column {@code left} of a sheet on. */
  void draw(int y, Row row, int left) {
    boolean[] lines = look.contours().length == 0 ? new boolean[0] : contours(y);
    for (int x = 0; x < picture.width(); x++) {
      double luminance = expose(x, y);
      int band = band(limits, luminance);
      if (look.colours() != null) {
        row.set(
            left + x,
            band == NO_BAND
                ? FalseColour.NAN
                : band == NO_LIGHT ? FalseColour.NO_LIGHT : colours[band]);
      } else {
        showLight(left + x, luminance, row);
      }
      if (lines.length > 0 && lines[x]) {
        row.set(left + x, isBright(luminance, band) ? BLACK : WHITE);
      }
    }
  }

  private void showLight(int x, double luminance, Row row) {
    if (Double.isNaN(luminance) && row instanceof CodeRow) {
      row.set(x, FalseColour.NAN);
    } else {
      row.light(x, light);
    }
  }

  /** Whether black shows better than white. */
  private boolean isBright(double luminance, int band) {
    return look.colours() == null ? luminance > FalseColour.MIDDLE_GREY : band > colours.length / 2;
  }

  /** Exposes a pixel, and returns its luminance; NaN if any of its samples is one. */
  private double expose(int x, int y) {
    picture.pixel(x, y, light);
    double luminance = 0;
    boolean isNumber = true;
    for (int i = 0; i < light.length; i++) {
      isNumber &= !Float.isNaN(light[i]);
      light[i] = (float) (light[i] * factor);
      luminance += look.weights()[i] == 0 ? 0 : light[i] * look.weights()[i];
    }
    return isNumber ? luminance : Double.NaN;
  }

  private static int band(double[] limits, double luminance) {
    if (Double.isNaN(luminance)) {
      return NO_BAND;
    }
    if (luminance <= 0) {
      return NO_LIGHT;
    }
    int place = Arrays.binarySearch(limits, luminance);
    return place < 0 ? -place - 1 : place + 1;
  }

  /** The pixels of a row that have a contour between them and the one on the right or below. */
  private boolean[] contours(int y) {
    int[] here = contourBands(y);
    int[] below = y + 1 < picture.height() ? contourBands(y + 1) : here;
    boolean[] lines = new boolean[here.length];
    for (int x = 0; x < here.length; x++) {
      int right = x + 1 < here.length ? here[x + 1] : here[x];
      lines[x] = differ(here[x], right) || differ(here[x], below[x]);
    }
    return lines;
  }

  private static boolean differ(int one, int other) {
    return one != other && one != NO_BAND && other != NO_BAND;
  }

  private int[] contourBands(int y) {
    int[] bands = new int[picture.width()];
    for (int x = 0; x < bands.length; x++) {
      int band = band(look.contours(), expose(x, y));
      bands[x] = band == NO_LIGHT ? 0 : band;
    }
    return bands;
  }
}
