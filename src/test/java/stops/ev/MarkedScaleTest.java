package stops.ev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MarkedScaleTest {
  private static final SettingKind[] MARKED = {
    SettingKind.SHUTTER, SettingKind.APERTURE, SettingKind.ISO
  };

  /** All marks of a kind on one scale, with those that share a step. */
  private static List<MarkedValue> all(MarkedScale scale) {
    List<MarkedValue> all = new ArrayList<>(scale.values());
    all.addAll(scale.aliases());
    return all;
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }

  @ParameterizedTest
  @EnumSource(
      value = Nominal.class,
      names = {"THIRD", "HALF"})
  void everyMarkMeansTheNearestStepOfItsScale(Nominal nominal) {
    int steps = nominal == Nominal.THIRD ? 3 : 2;
    for (SettingKind kind : MARKED) {
      for (MarkedValue mark : all(MarkedScale.of(kind, steps == 3))) {
        double base = kind == SettingKind.ISO ? 100 : 1;
        double stops = kind.stopsOfDouble() * log2(mark.labelled() / base);
        long nearest = Math.round(stops * steps);
        double meant = kind.stopsOfDouble() * log2(mark.meant().number() / base);
        assertEquals(nearest / (double) steps, meant, 1e-12, kind + " " + mark.label());
        assertEquals(mark, nominal.find(kind, mark.labelled()), kind + " " + mark.label());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Nominal.class,
      names = {"THIRD", "HALF"})
  void marksAreOneStepApartAndNoMarkIsThereTwice(Nominal nominal) {
    int step = Power.TWELFTHS / (nominal == Nominal.THIRD ? 3 : 2);
    for (SettingKind kind : MARKED) {
      MarkedScale scale = MarkedScale.of(kind, nominal == Nominal.THIRD);
      long distinct = all(scale).stream().map(MarkedValue::labelled).distinct().count();
      assertEquals(all(scale).size(), distinct, kind + "");
      List<Integer> steps =
          scale.values().stream()
              .map(mark -> mark.meant().twelfths() * Math.abs(kind.stopsOfDouble()))
              .sorted()
              .toList();
      for (int i = 1; i < steps.size(); i++) {
        int apart = steps.get(i) - steps.get(i - 1);
        boolean wholeStops =
            kind == SettingKind.SHUTTER && steps.get(i) > 5 * Power.TWELFTHS
                || kind == SettingKind.ISO && steps.get(i) > 11 * Power.TWELFTHS;
        assertTrue(
            apart == step || wholeStops && apart == Power.TWELFTHS, kind + " at " + steps.get(i));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SHUTTER, 30, 5, 5",
    "SHUTTER, 60, 6, 6",
    "SHUTTER, 1, 0, 0",
    "SHUTTER, 1/60, -6, -6",
    "SHUTTER, 1/125, -7, -7",
    "SHUTTER, 1/8000, -13, -13",
    "SHUTTER, 1/10, -3.3333333333333335, -3.5",
    "SHUTTER, 1/45, , -5.5",
    "SHUTTER, 1/160, -7.333333333333333, ",
    "SHUTTER, 1/240, , ",
    "APERTURE, 5.6, 2.5, 2.5",
    "APERTURE, 6.3, 2.6666666666666665, ",
    "APERTURE, 6.7, , 2.75",
    "APERTURE, 22, 4.5, 4.5",
    "APERTURE, 1.8, 0.8333333333333334, 0.75",
    "APERTURE, 5.7, , ",
    "ISO, 125, 0.3333333333333333, ",
    "ISO, 140, , 0.5",
    "ISO, 6400, 6, 6",
    "ISO, 12, -3, -3",
    "ISO, 110, , "
  })
  void marksMeanPowersOfTwo(
      SettingKind kind, String label, @Nullable Double third, @Nullable Double half) {
    double number = SettingsSyntax.setting(kind, "it", label, Nominal.EXACT).value();
    check(kind, third, Nominal.THIRD.find(kind, number));
    check(kind, half, Nominal.HALF.find(kind, number));
    assertNull(Nominal.EXACT.find(kind, number));
  }

  private static void check(
      SettingKind kind, @Nullable Double exponent, @Nullable MarkedValue found) {
    if (exponent == null) {
      assertNull(found);
      return;
    }
    assertNotNull(found);
    Power base = Power.of(kind == SettingKind.ISO ? 100 : 1);
    assertEquals(exponent, found.meant().over(base).log2());
  }

  @ParameterizedTest
  @CsvSource({
    "SHUTTER, 0.0032, 1/320, 1/350",
    "SHUTTER, 0.25, 1/4, 1/4",
    "SHUTTER, 100, 120, 120",
    "SHUTTER, 1e-6, , ",
    "APERTURE, 6.2, 6.3, 6.7",
    "ISO, 115, 125, 100",
    "ISO, 1e9, , "
  })
  void theNearestMarkIsFoundInStops(
      SettingKind kind, double number, @Nullable String third, @Nullable String half) {
    MarkedValue nearestThird = MarkedScale.of(kind, true).nearest(number);
    MarkedValue nearestHalf = MarkedScale.of(kind, false).nearest(number);
    assertEquals(third, nearestThird == null ? null : nearestThird.label());
    assertEquals(half, nearestHalf == null ? null : nearestHalf.label());
  }
}
