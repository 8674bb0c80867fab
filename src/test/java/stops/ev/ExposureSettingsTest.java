package stops.ev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExposureSettingsTest {
  private static final String[] WHOLE_APERTURES =
      "1 1.4 2 2.8 4 5.6 8 11 16 22 32 45 64".split(" ", -1);

  /** From long to short, a stop apart, as tables of exposure values have them. */
  private static final List<String> WHOLE_TIMES =
      Arrays.asList(
          ("4096m 2048m 1024m 512m 256m 128m 64m 32m 16m 8m 4m 2m 60 30 15 8 4 2 1 1/2 1/4 1/8 1/15"
                  + " 1/30 1/60 1/125 1/250 1/500 1/1000 1/2000 1/4000 1/8000 1/16000 1/32000")
              .split(" ", -1));

  private static ExposureSettings parse(String text, Nominal nominal) {
    return SettingsSyntax.parse(text, nominal).complete();
  }

  /** The common table: in row 0, f/1 has 1 s. A row lower, or a column to the right, is a stop. */
  @ParameterizedTest
  @ValueSource(strings = {"THIRD", "HALF"})
  void theTableOfMarkedValuesFromMinus6To21IsExact(Nominal nominal) {
    int cells = 0;
    for (int ev = -6; ev <= 21; ev++) {
      for (int column = 0; column < WHOLE_APERTURES.length; column++) {
        int row = WHOLE_TIMES.indexOf("1") + ev - column;
        if (row >= WHOLE_TIMES.size()) {
          continue;
        }
        String text = WHOLE_TIMES.get(row) + ",f" + WHOLE_APERTURES[column] + ",ISO100";
        assertEquals(new Ev(ev), parse(text, nominal).ev(), text);
        assertEquals(new Ev100(ev), parse(text, nominal).ev100(), text);
        cells++;
      }
    }
    assertEquals(28 * 13 - (6 + 5 + 4 + 3 + 2 + 1), cells);
  }

  @ParameterizedTest
  @CsvSource({
    "'1/125,f16,ISO100', 15, 15",
    "'1/60,f11,ISO100', 13, 13",
    "'1/1000,f1.4,ISO100', 11, 11",
    "'30,f5.6,ISO100', 0, 0",
    "'1/125,f16,ISO400', 15, 13",
    "'1/125,f16,ISO25', 15, 17",
    "'1/30,f2.8,ISO1600', 8, 4",
    "'1/125,f16,ISO125', 15, 14.666666666666666",
    "'1/160,f6.3,ISO100', 12.666666666666666, 12.666666666666666",
  })
  void nominalExposureValuesOfKnownSettings(String text, double ev, double ev100) {
    assertEquals(ev, ExposureSettings.parse(text).ev().stops(), 2e-15);
    assertEquals(ev100, ExposureSettings.parse(text).ev100().stops(), 2e-15);
  }

  @Test
  void exactExposureValuesAreLogarithms() {
    ExposureSettings settings = parse("1/125,f16,ISO100", Nominal.EXACT);
    assertEquals(Math.log(16 * 16 * 125) / Math.log(2), settings.ev().stops(), 4e-15);
    ExposureSettings sensitive = parse("1/240,f6.3,ISO320", Nominal.EXACT);
    assertEquals(Math.log(6.3 * 6.3 * 240 / 3.2) / Math.log(2), sensitive.ev100().stops(), 4e-15);
    assertEquals(new Ev(Math.scalb(1.0, 3)), ExposureSettings.of(1, 16, 3200).ev());
  }

  /** ISO 2720:1974 with K = 12.5 and C = 250, as tables of light levels print it. */
  @ParameterizedTest
  @CsvSource({
    "-4, 0.0078125, 0.15625",
    "-1, 0.0625, 1.25",
    "0, 0.125, 2.5",
    "3, 1, 20",
    "8, 32, 640",
    "12, 512, 10240",
    "15, 4096, 81920",
    "16, 8192, 163840"
  })
  void luminanceAndIlluminanceOfLightLevels(double ev100, double luminance, double illuminance) {
    Ev100 light = new Ev100(ev100);
    assertEquals(luminance, light.luminance());
    assertEquals(illuminance, light.illuminance());
    assertEquals(light, Ev100.ofLuminance(luminance));
    assertEquals(light, Ev100.ofIlluminance(illuminance));
  }

  /**
   * Ansel Adams' exposure formula (The Negative, 1981): at the f-number √ISO, a luminance of L
   * candles a square foot is placed on Zone V by 1/L s. It is a rule of thumb.
   */
  @ParameterizedTest
  @CsvSource({"64, 8, 30", "64, 8, 250", "125, 11, 60", "400, 20, 500"})
  void theExposureFormulaOfAnselAdamsAgreesWithinAQuarterStop(
      double iso, double keyStop, double candles) {
    double squareFeetOfMetre = 10.763910416709722;
    Ev100 light = Ev100.ofLuminance(candles * squareFeetOfMetre);
    ExposureSettings adams = ExposureSettings.of(1 / candles, keyStop, iso);
    assertEquals(light.stops(), adams.ev100().stops(), 0.25);
  }

  @Test
  void oneStopByShutterIsoAndApertureIsExact() {
    for (Nominal nominal : Nominal.values()) {
      double aperture = nominal == Nominal.EXACT ? 1e-15 : 0;
      GivenSettings base = SettingsSyntax.parse("1/250,f5.6,ISO400", nominal);
      check(1, base, "1/125", 0, nominal);
      check(-1, base, "1/500", 0, nominal);
      check(1, base, "ISO800", 0, nominal);
      check(-2, base, "ISO100", 0, nominal);
      check(2, base, "f2.8", aperture, nominal);
      check(-1, base, "f8", nominal == Nominal.EXACT ? 0.03 : 0, nominal);
    }
    GivenSettings third = SettingsSyntax.parse("1/200,f6.3,ISO125", Nominal.THIRD);
    check(1.0 / 3, third, "1/160", 0, Nominal.THIRD);
    check(1.0 / 3, third, "f5.6", 0, Nominal.THIRD);
    check(1.0 / 3, third, "ISO160", 0, Nominal.THIRD);
    check(1, third, "f4.5", 0, Nominal.THIRD);
  }

  private static void check(
      double stops, GivenSettings base, String change, double tolerance, Nominal nominal) {
    SettingKind kind =
        change.startsWith("f")
            ? SettingKind.APERTURE
            : change.startsWith("ISO") ? SettingKind.ISO : SettingKind.SHUTTER;
    GivenSettings changed = base.with(SettingsSyntax.setting(kind, "it", change, nominal));
    double found = changed.complete().stopsAbove(base.complete());
    assertEquals(stops, found, tolerance, change + " " + nominal);
    assertEquals(found, changed.stopsAbove(base));
    assertEquals(-found, base.stopsAbove(changed), 1e-15);
    assertEquals(
        found,
        base.complete().ev100().stops() - changed.complete().ev100().stops(),
        4e-15,
        change + " " + nominal);
  }

  @Test
  void openingBySqrt2IsOneStop() {
    ExposureSettings closed = ExposureSettings.of(0.01, 4, 100);
    assertEquals(1, closed.withFNumber(4 / Math.sqrt(2)).stopsAbove(closed), 1e-15);
    assertEquals(
        1,
        ExposureSettings.parse("1,f2.8,ISO100").stopsAbove(ExposureSettings.parse("1,f4,ISO100")));
  }

  @Test
  void doublingExactTimesIsExactlyOneStop() {
    ExposureSettings first = ExposureSettings.parse("1/240,f8,ISO100");
    assertEquals(1, ExposureSettings.parse("1/120,f8,ISO100").stopsAbove(first));
    assertEquals(
        1,
        ExposureSettings.parse("180@24,f8,ISO100")
            .stopsAbove(ExposureSettings.parse("90@24,f8,ISO100")));
  }

  @Test
  void aDensityOfLog10Of2IsOneStopLess() {
    ExposureSettings open = ExposureSettings.parse("1/125,f8,ISO100");
    assertEquals(-1, open.withDensity(Math.log10(2)).stopsAbove(open), 1e-15);
    assertEquals(-10 / 3.0103, open.withDensity(1).stopsAbove(open), 1e-6);
    assertEquals(open.ev(), open.withDensity(0.9).ev());
    assertEquals(
        open.ev100().stops() + 0.9 / Math.log10(2), open.withDensity(0.9).ev100().stops(), 1e-14);
    assertEquals(0.9 / Math.log10(2), open.withDensity(0.9).densityStops(), 1e-15);
  }

  @Test
  void whatBothLackIsTakenToBeTheSame() {
    GivenSettings first = SettingsSyntax.parse("f8", Nominal.THIRD);
    assertEquals(1, SettingsSyntax.parse("f5.6", Nominal.THIRD).stopsAbove(first));
    assertEquals(
        "only one of the settings has the ISO; give it for both or for none",
        assertThrows(
                IllegalArgumentException.class,
                () -> SettingsSyntax.parse("f8,ISO100", Nominal.THIRD).stopsAbove(first))
            .getMessage());
  }

  @Test
  void unknownsAreSolvedForAndComeBack() {
    Random random = new Random(18);
    for (int i = 0; i < 1000; i++) {
      ExposureSettings settings =
          ExposureSettings.of(
                  Math.pow(2, random.nextDouble(-13, 8)),
                  Math.pow(2, random.nextDouble(0, 5)),
                  100 * Math.pow(2, random.nextDouble(-3, 10)))
              .withDensity(random.nextDouble(3));
      Ev100 light = settings.ev100();
      assertClose(settings.seconds(), settings.withSeconds(7).withSecondsFor(light).seconds());
      assertClose(settings.fNumber(), settings.withFNumber(7).withFNumberFor(light).fNumber());
      assertClose(settings.iso(), settings.withIso(7).withIsoFor(light).iso());
      assertEquals(
          settings.density(), settings.withDensity(0).withDensityFor(light).density(), 1e-14);
      assertEquals(
          light.stops(), settings.ev().at(settings.iso()).stops() + settings.densityStops(), 2e-14);
      assertEquals(
          settings.ev().stops(), settings.withDensity(0).ev100().at(settings.iso()).stops(), 2e-14);
    }
  }

  private static void assertClose(double expected, double found) {
    assertEquals(1, found / expected, 1e-13);
  }

  @Test
  void numbersThatAreNoSettingsAreRefused() {
    ExposureSettings good = ExposureSettings.of(1, 8, 100);
    for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e-31, 1e31}) {
      assertThrows(IllegalArgumentException.class, () -> ExposureSettings.of(bad, 8, 100));
      assertThrows(IllegalArgumentException.class, () -> ExposureSettings.of(1, bad, 100));
      assertThrows(IllegalArgumentException.class, () -> ExposureSettings.of(1, 8, bad));
      assertThrows(IllegalArgumentException.class, () -> good.ev().at(bad));
    }
    for (double bad : new double[] {-0.1, 8, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> good.withDensity(bad));
    }
    for (double bad : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> new Ev(bad));
      assertThrows(IllegalArgumentException.class, () -> new Ev100(bad));
      assertThrows(IllegalArgumentException.class, () -> Ev100.ofLuminance(bad));
    }
    assertThrows(IllegalArgumentException.class, () -> Ev100.ofIlluminance(0));
    assertThrows(
        IllegalArgumentException.class,
        () -> good.withDensityFor(new Ev100(good.ev100().stops() - 1)));
  }

  @Test
  void theGreatestSettingsDoNotOverflow() {
    ExposureSettings most = ExposureSettings.of(1e-30, 1e30, 1e-30);
    assertEquals(120 / Math.log10(2) + 2 / Math.log10(2), most.ev100().stops(), 1e-12);
    assertEquals(
        240 / Math.log10(2), ExposureSettings.of(1e30, 1e-30, 1e30).stopsAbove(most), 1e-12);
  }

  @Test
  void equalSettingsAreEqualAndShowThemselvesAsTheyAreRead() {
    ExposureSettings settings = ExposureSettings.parse("1/240,f8,ISO100,nd0.3");
    assertEquals(settings, ExposureSettings.parse("nd0.3,1/240s,f/8,iso 100"));
    assertEquals(
        settings.hashCode(), ExposureSettings.parse("nd0.3,1/240s,f/8,iso 100").hashCode());
    assertNotEquals(settings, settings.withDensity(0));
    assertEquals("0.00416667s,f8,ISO100,nd0.3", settings.toString());
    assertEquals(
        1,
        ExposureSettings.parse("0.5s,f8,ISO100")
            .stopsAbove(ExposureSettings.parse(ExposureSettings.of(0.25, 8, 100).toString())));
    assertEquals("EV 13.9069", settings.ev().toString());
    assertEquals("EV100 15", new Ev100(15).toString());
  }
}
