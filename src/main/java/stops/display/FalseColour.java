package stops.display;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import stops.engine.ExactStops;

/**
 * False colour: a colour for each band of exposure, counted in stops from middle grey. Immutable
 * and thread-safe.
 *
 * @param grey intensity of middle grey, above zero
 * @param bounds limits of the bands in stops above middle grey, ascending, one or more. The lowest
 *     band has all below the first, the highest one all from the last on
 * @param palette the colours
 */
public record FalseColour(double grey, List<ExactStops> bounds, Palette palette) {
  /** The usual middle grey: a card that reflects 18 % of the light. */
  public static final double MIDDLE_GREY = 0.18;

  /** More colours are not told apart. */
  public static final int MOST_BOUNDS = 64;

  /** The colour of what is no number. */
  public static final int NAN = 0xff00ff;

  /** The colour of what is no light: zero and less. */
  public static final int NO_LIGHT = 0x000000;

  public FalseColour {
    bounds = List.copyOf(bounds);
    if (!(grey > 0) || !Double.isFinite(grey)) {
      throw new IllegalArgumentException("middle grey must be above zero, not " + grey);
    }
    if (bounds.isEmpty() || bounds.size() > MOST_BOUNDS) {
      throw new IllegalArgumentException("1 to " + MOST_BOUNDS + " bounds, not " + bounds.size());
    }
    for (int i = 1; i < bounds.size(); i++) {
      if (bounds.get(i).plus(bounds.get(i - 1).negate()).signum() <= 0) {
        throw new IllegalArgumentException(
            bounds.get(i) + " is not above " + bounds.get(i - 1) + ": bounds must ascend");
      }
    }
  }

  /** A band for each stop from six stops below middle grey, and less, to six above, and more. */
  public static FalseColour usual() {
    return new FalseColour(MIDDLE_GREY, stopsAround(6), Palette.STOPS);
  }

  /** Bounds of bands of one stop, whose middles are whole stops. */
  private static List<ExactStops> stopsAround(int most) {
    return IntStream.range(-most, most).mapToObj(stop -> ExactStops.of(stop + 0.5)).toList();
  }

  public int bands() {
    return bounds.size() + 1;
  }

  /** The band that has middle grey. */
  private int greyBand() {
    return (int) bounds.stream().filter(bound -> bound.signum() <= 0).count();
  }

  /** The colour of a band, as {@code 0xRRGGBB}. */
  public int rgb(int band) {
    return palette.rgb(band, greyBand(), bands());
  }

  /** The name of a band: its middle where bands are of one width, else its limits. */
  public String name(int band) {
    ExactStops width = width();
    if (width.signum() > 0) {
      ExactStops half = width.dividedBy(ExactStops.of(2));
      ExactStops middle =
          band == 0 ? bounds.getFirst().plus(half.negate()) : bounds.get(band - 1).plus(half);
      String end = band == 0 ? " and less" : band == bounds.size() ? " and more" : "";
      return middle + end;
    }
    return band == 0
        ? "below " + bounds.getFirst()
        : band == bounds.size()
            ? bounds.getLast() + " and more"
            : bounds.get(band - 1) + " to " + bounds.get(band);
  }

  /** The width of all bands; 0 if they differ, or if there is none between two bounds. */
  private ExactStops width() {
    if (bounds.size() < 2) {
      return ExactStops.ZERO;
    }
    ExactStops width = bounds.get(1).plus(bounds.getFirst().negate());
    for (int i = 2; i < bounds.size(); i++) {
      if (!bounds.get(i).plus(bounds.get(i - 1).negate()).equals(width)) {
        return ExactStops.ZERO;
      }
    }
    return width;
  }

  /** The intensities at which bands begin, but for the lowest. */
  public double[] limits() {
    return bounds.stream().mapToDouble(bound -> grey * StrictMath.pow(2, bound.high())).toArray();
  }

  /** What a legend shows, from the lowest band up: names and colours. */
  public List<Band> legend() {
    List<Band> all = new ArrayList<>();
    for (int band = 0; band < bands(); band++) {
      all.add(new Band(name(band), rgb(band)));
    }
    return all;
  }

  /**
   * A band.
   *
   * @param name its name for people, in stops
   * @param rgb its colour, {@code 0xRRGGBB}
   */
  public record Band(String name, int rgb) {}
}
