package stops.display;

/**
 * The colours of bands of exposure. Immutable and thread-safe.
 *
 * <p>But for {@link #CLASSIC}, each band is lighter than the one below, so that people who see
 * colours differently, and prints in black and white, keep them apart.
 */
public enum Palette {
  /** Violet and blue below middle grey, which is grey; brown and yellow above. */
  STOPS("stops"),
  /** Greys. */
  GREY("grey"),
  /** Blue, green, grey, yellow and red, as on set: not for people who confuse red and green. */
  CLASSIC("classic");

  private static final int[] CLASSIC_BELOW = {
    0x16002e, 0x3b0f6f, 0x2438a8, 0x1f6fd0, 0x19a7c9, 0x1f9e5a
  };
  private static final int CLASSIC_GREY = 0x808080;
  private static final int[] CLASSIC_ABOVE = {
    0x9ecb3c, 0xf2e13a, 0xf5ad2c, 0xee6a24, 0xd42a2a, 0xffffff
  };

  private static final double DARKEST = 0.2;
  private static final double LIGHTEST = 0.97;

  /** Greenness and yellowness (a and b of Oklab) from the lowest band to the one below grey. */
  private static final double[][] COOL = {
    {0.09, -0.12}, {0.02, -0.17}, {-0.04, -0.13}, {-0.06, -0.05}
  };

  /** The same from the one above grey to the highest. */
  private static final double[][] WARM = {
    {0.07, 0.07}, {0.08, 0.12}, {0.02, 0.16}, {-0.02, 0.12}, {0, 0.03}
  };

  private final String label;

  Palette(String label) {
    this.label = label;
  }

  /** Its name for people. */
  public String label() {
    return label;
  }

  /**
   * The colour of a band, as {@code 0xRRGGBB}.
   *
   * @param band number of the band, from the lowest one, 0
   * @param grey number of the band of middle grey
   * @param bands how many there are
   */
  int rgb(int band, int grey, int bands) {
    if (this == CLASSIC) {
      return band == grey
          ? CLASSIC_GREY
          : band < grey
              ? CLASSIC_BELOW[place(band, grey, CLASSIC_BELOW.length)]
              : CLASSIC_ABOVE[place(band - grey - 1, bands - grey - 1, CLASSIC_ABOVE.length)];
    }
    double lightness =
        DARKEST + (LIGHTEST - DARKEST) * (bands == 1 ? 0.5 : band / (double) (bands - 1));
    double[] hue =
        this == GREY || band == grey
            ? new double[2]
            : band < grey
                ? between(COOL, band, grey)
                : between(WARM, band - grey - 1, bands - grey - 1);
    return oklab(lightness, hue[0], hue[1]);
  }

  /** The place of colour {@code number} of {@code count} in a row of {@code length}. */
  private static int place(int number, int count, int length) {
    return count <= 1 ? length - 1 : Math.round(number * (length - 1) / (float) (count - 1));
  }

  private static double[] between(double[][] row, int number, int count) {
    double at = count <= 1 ? row.length / 2 : number * (row.length - 1) / (double) (count - 1);
    int first = Math.min((int) at, row.length - 2);
    double part = at - first;
    return new double[] {
      row[first][0] + part * (row[first + 1][0] - row[first][0]),
      row[first][1] + part * (row[first + 1][1] - row[first][1])
    };
  }

  /**
   * The sRGB colour of Oklab coordinates; with less chroma where a screen has not so much. The
   * matrices are those of Björn Ottosson, "A perceptual color space for image processing" (2020).
   */
  private static int oklab(double lightness, double a, double b) {
    for (double chroma = 1; ; chroma = Math.max(0, chroma - 0.02)) {
      double l = cube(lightness + chroma * (0.3963377774 * a + 0.2158037573 * b));
      double m = cube(lightness - chroma * (0.1055613458 * a + 0.0638541728 * b));
      double s = cube(lightness - chroma * (0.0894841775 * a + 1.2914855480 * b));
      double red = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s;
      double green = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s;
      double blue = -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s;
      boolean shown =
          Math.min(red, Math.min(green, blue)) >= -1e-4
              && Math.max(red, Math.max(green, blue)) <= 1.0001;
      if (shown || chroma == 0) {
        return DisplayTransform.SRGB.code((float) red) << 16
            | DisplayTransform.SRGB.code((float) green) << 8
            | DisplayTransform.SRGB.code((float) blue);
      }
    }
  }

  private static double cube(double x) {
    return x * x * x;
  }
}
