package stops.display;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import stops.engine.ExactStops;

class PaletteTest {
  /**
   * What people without red, green or blue cones see of linear red, green and blue: Machado,
   * Oliveira and Fernandes, "A physiologically-based model for simulation of color vision
   * deficiency" (2009), severity 1. The first is everyone else.
   */
  private static final double[][][] EYES = {
    {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
    {
      {0.152286, 1.052583, -0.204868},
      {0.114503, 0.786281, 0.099216},
      {-0.003882, -0.048116, 1.051998}
    },
    {
      {0.367322, 0.860646, -0.227968},
      {0.280085, 0.672501, 0.047413},
      {-0.011820, 0.042940, 0.968881}
    },
    {
      {1.255528, -0.076749, -0.178779},
      {-0.078411, 0.930809, 0.147602},
      {0.004733, 0.691367, 0.303900}
    }
  };

  private static List<ExactStops> bounds(int count) {
    List<ExactStops> bounds = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      bounds.add(ExactStops.of(i - count / 2 + 0.5));
    }
    return bounds;
  }

  /** The lightness, and two coordinates of colour, that an eye sees (Oklab). */
  private static double[] seen(int rgb, double[][] eye) {
    double[] light = new double[3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        light[i] += eye[i][j] * DisplayTransform.SRGB.light((rgb >> (16 - 8 * j) & 255) / 255.0);
      }
    }
    double l =
        Math.cbrt(0.4122214708 * light[0] + 0.5363325363 * light[1] + 0.0514459929 * light[2]);
    double m =
        Math.cbrt(0.2119034982 * light[0] + 0.6806995451 * light[1] + 0.1073969566 * light[2]);
    double s =
        Math.cbrt(0.0883024619 * light[0] + 0.2817188376 * light[1] + 0.6299787005 * light[2]);
    return new double[] {
      0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
      1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
    };
  }

  @ParameterizedTest
  @EnumSource(names = {"STOPS", "GREY"})
  void bandsAreToldApartByEveryEye(Palette palette) {
    FalseColour colours = new FalseColour(0.18, FalseColour.usual().bounds(), palette);
    for (double[][] eye : EYES) {
      for (int i = 0; i < colours.bands(); i++) {
        for (int j = 0; j < i; j++) {
          double[] one = seen(colours.rgb(i), eye);
          double[] other = seen(colours.rgb(j), eye);
          double distance =
              Math.hypot(Math.hypot(one[0] - other[0], one[1] - other[1]), one[2] - other[2]);
          assertTrue(
              distance > 0.04, colours.name(i) + " and " + colours.name(j) + ": " + distance);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"STOPS", "GREY"})
  void higherBandsAreLighter(Palette palette) {
    for (int count : new int[] {1, 2, 3, 5, 12, 20, 40}) {
      FalseColour colours = new FalseColour(0.18, bounds(count), palette);
      double before = 0;
      for (int band = 0; band < colours.bands(); band++) {
        double lightness = seen(colours.rgb(band), EYES[0])[0];
        assertTrue(lightness > before, band + " of " + count);
        before = lightness;
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void middleGreyIsGrey(Palette palette) {
    FalseColour colours = new FalseColour(0.18, FalseColour.usual().bounds(), palette);
    int grey = colours.rgb(6);
    assertEquals(grey >> 16 & 255, grey & 255);
    assertEquals(grey >> 8 & 255, grey & 255);
    assertEquals("0", colours.name(6));
  }

  @ParameterizedTest
  @EnumSource
  void allNumbersOfBandsHaveColours(Palette palette) {
    for (int count = 1; count <= FalseColour.MOST_BOUNDS; count++) {
      for (int lowest : new int[] {-100, -count / 2, 0, 100}) {
        List<ExactStops> bounds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          bounds.add(ExactStops.of(lowest + i));
        }
        FalseColour colours = new FalseColour(1, bounds, palette);
        assertEquals(count + 1, colours.legend().size());
      }
    }
  }

  @Test
  void namesAreTheMiddlesOfEqualBandsAndTheLimitsOfOthers() {
    FalseColour usual = FalseColour.usual();
    assertEquals("-6 and less", usual.name(0));
    assertEquals("-5", usual.name(1));
    assertEquals("+6 and more", usual.name(12));
    List<ExactStops> uneven =
        List.of(ExactStops.parse("-3"), ExactStops.parse("-1/3"), ExactStops.parse("4"));
    FalseColour colours = new FalseColour(0.18, uneven, Palette.STOPS);
    assertEquals("below -3", colours.name(0));
    assertEquals("-3 to -1/3", colours.name(1));
    assertEquals("+4 and more", colours.name(3));
    assertArrayEquals(
        new double[] {0.0225, 0.18 * Math.pow(2, -1 / 3.0), 2.88}, colours.limits(), 1e-15);
  }

  @Test
  void boundsMustAscend() {
    List<ExactStops> same = List.of(ExactStops.ZERO, ExactStops.ZERO);
    assertThrows(IllegalArgumentException.class, () -> new FalseColour(0.18, same, Palette.STOPS));
    assertThrows(
        IllegalArgumentException.class, () -> new FalseColour(0.18, List.of(), Palette.STOPS));
    assertThrows(
        IllegalArgumentException.class, () -> new FalseColour(0, bounds(2), Palette.STOPS));
  }
}
