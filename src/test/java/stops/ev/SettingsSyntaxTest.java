package stops.ev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsSyntaxTest {

  private static Setting given(GivenSettings settings, SettingKind kind) {
    return Objects.requireNonNull(settings.of(kind));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "1/240, 0.004166666666666667",
        "1/240s, 0.004166666666666667",
        "1/240 s, 0.004166666666666667",
        "1 / 240 sec, 0.004166666666666667",
        "0.5, 0.5",
        ".5, 0.5",
        "2s, 2",
        "2 seconds, 2",
        "+2, 2",
        "1e-3, 0.001",
        "0.3\", 0.3",
        "0\"3, 0.3",
        "1″6, 1.6",
        "30\", 30",
        "2m, 120",
        "1.5 min, 90",
        "180@24, 0.020833333333333332",
        "172.8°@24fps, 0.02",
        "180@24000/1001, 0.020854166666666667",
        "360@25, 0.04",
      })
  void shutterTimesAreRead(String text, double seconds) {
    Setting setting = SettingsSyntax.setting(SettingKind.SHUTTER, "it", text, Nominal.EXACT);
    assertEquals(seconds, setting.value(), 1e-17);
    assertEquals(setting, SettingsSyntax.parse(text, Nominal.EXACT).shutter());
  }

  @ParameterizedTest
  @CsvSource({"f8, 8", "f/8, 8", "F/6.3, 6.3", "ƒ/2.8, 2.8", "8, 8", "T2.8, 2.8", "f 5.6, 5.6"})
  void aperturesAreRead(String text, double number) {
    Setting setting = SettingsSyntax.setting(SettingKind.APERTURE, "it", text, Nominal.EXACT);
    assertEquals(number, setting.value());
    assertEquals(setting, SettingsSyntax.parse("1," + text, Nominal.EXACT).aperture());
  }

  @ParameterizedTest
  @CsvSource({"ISO100, 100", "iso 100, 100", "Iso:64, 64", "100, 100", "iso12.5, 12.5"})
  void speedsAreRead(String text, double speed) {
    Setting setting = SettingsSyntax.setting(SettingKind.ISO, "it", text, Nominal.EXACT);
    assertEquals(speed, setting.value());
    assertEquals(setting, SettingsSyntax.parse("1,8," + text, Nominal.EXACT).iso());
  }

  @Test
  void namedSettingsHaveNoOrderAndOthersAreWhatTheirPlaceSays() {
    GivenSettings placed = SettingsSyntax.parse("1/240, 8, 100, 0.9", Nominal.THIRD);
    assertEquals(placed, SettingsSyntax.parse("ISO100,nd0.9,f/8,1/240s", Nominal.THIRD));
    assertEquals(0.9, placed.complete().density());
    assertEquals(null, SettingsSyntax.parse("1/240", Nominal.THIRD).aperture());
  }

  @Test
  void markedValuesArePowersAndOthersAreExact() {
    GivenSettings third = SettingsSyntax.parse("0.008,f6.3,ISO125", Nominal.THIRD);
    assertEquals(0x1p-7, third.complete().seconds());
    assertEquals(Math.cbrt(256), third.complete().fNumber(), 1e-14);
    assertEquals(100 * Math.cbrt(2), third.complete().iso(), 1e-13);
    assertEquals("6.3", given(third, SettingKind.APERTURE).written());
    assertTrue(given(third, SettingKind.APERTURE).nominal());
    GivenSettings half = SettingsSyntax.parse("0.008,f6.3,ISO125", Nominal.HALF);
    assertTrue(given(half, SettingKind.SHUTTER).nominal());
    assertFalse(given(half, SettingKind.APERTURE).nominal());
    assertEquals(6.3, half.complete().fNumber());
    GivenSettings exact = SettingsSyntax.parse("0.008,f6.3,ISO125", Nominal.EXACT);
    assertEquals(ExposureSettings.of(0.008, 6.3, 125), exact.complete());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "0,f8,ISO100 | shutter is 0, not a time above 0",
        "-1/240,f8,ISO100 | shutter is -1/240, not a time above 0",
        "1/0,f8,ISO100 | shutter is 1/0, beyond what any camera has (1e-30 to 1e30)",
        "0/1,f8,ISO100 | shutter is 0/1, not a time above 0",
        "nan,f8,ISO100 | shutter is \"nan\", not a time above 0; write seconds, such as 1/250,"
            + " 0.5 or 2s, or an angle and frames a second, such as 180@24",
        "400@24,f8,ISO100 | shutter is \"400@24\", not a time above 0; write seconds, such as"
            + " 1/250, 0.5 or 2s, or an angle and frames a second, such as 180@24",
        "1/240,f0,ISO100 | aperture is f0, not an f-number above 0",
        "1/240,f-8,ISO100 | aperture is f-8, not an f-number above 0",
        "1/240,fnan,ISO100 | aperture is \"fnan\", not an f-number above 0; write one such as 5.6"
            + " or f/5.6",
        "1/240,f8,ISO-1 | ISO is ISO-1, not a speed above 0",
        "1/240,f8,0 | ISO is 0, not a speed above 0",
        "1/240,f8,ISO0x10 | ISO is \"ISO0x10\", not a speed above 0; write one such as 100 or"
            + " ISO100",
        "1/240,f8,ISO1e31 | ISO is ISO1e31, beyond what any camera has (1e-30 to 1e30)",
        "1/240,f8 | the ISO is missing; write all three, such as 1/240,f8,ISO100",
        "f8 | the shutter is missing; write all three, such as 1/240,f8,ISO100",
        "1/240,f5,6,ISO100 | \"1/240,f5,6,ISO100\" has the ISO twice, 6 and ISO100; name the"
            + " others (1/240,f8,ISO100), and write decimals with a point",
        "1/240,,ISO100 | \"1/240,,ISO100\" has an empty setting; write settings such as"
            + " 1/240,f8,ISO100",
        "1,2,3,4,5 | \"1,2,3,4,5\" has more than a shutter time, an aperture, an ISO and a density",
        "1/240,f8,ISO100,nd8 | ND is nd8, not a density from 0 to less than 8; a filter that"
            + " passes 1/8 of the light has the density 0.9",
        "1/240,f8,ISO100,nd-0.3 | ND is nd-0.3, not a density from 0 to less than 8; a filter that"
            + " passes 1/8 of the light has the density 0.9",
      })
  void whatIsWrongIsSaidInOneLine(String text, String message) {
    Throwable thrown =
        assertThrows(
            IllegalArgumentException.class,
            () -> SettingsSyntax.parse(text, Nominal.THIRD).complete());
    assertEquals(message, thrown.getMessage());
  }

  @Test
  void aDecimalCommaIsShownWithAPoint() {
    Throwable thrown =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                SettingsSyntax.setting(SettingKind.APERTURE, "--aperture", "f2,8", Nominal.THIRD));
    assertEquals(
        "--aperture is \"f2,8\", not an f-number above 0; it has a decimal comma: write f2.8",
        thrown.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1/240s", "f8", "ISO100", "nd0.9", "٨", "8f", "0x8", "8d", "Infinity"})
  void aSettingOfAnotherKindIsNone(String text) {
    SettingKind kind = text.equals("f8") ? SettingKind.ISO : SettingKind.APERTURE;
    assertThrows(
        IllegalArgumentException.class,
        () -> SettingsSyntax.setting(kind, "it", text, Nominal.THIRD));
  }

  @Test
  void settingsAreToldFromNamesOfFiles() {
    for (String text : Arrays.asList("1/240,f8,ISO100", "f8", "2s", "1,8,100", "180@24", "f0,0")) {
      assertTrue(SettingsSyntax.isMeant(text), text);
    }
    for (String text : Arrays.asList("a.exr", "f8.exr", "1/240,f8,b", "", "iso.exr", "-", "./1")) {
      assertFalse(SettingsSyntax.isMeant(text), text);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG-u-nu-arab", "tr-TR", "de-DE", "th-TH-u-nu-thai", "lt-LT"})
  void allLocalesReadAndShowTheSame(String tag) {
    Locale before = Locale.getDefault();
    GivenSettings expected = SettingsSyntax.parse("1/250,F/2.8,ISO 1600", Nominal.THIRD);
    String shown = expected.complete().toString();
    try {
      Locale.setDefault(Locale.forLanguageTag(tag));
      GivenSettings found = SettingsSyntax.parse("1/250,F/2.8,ISO 1600", Nominal.THIRD);
      assertEquals(expected, found);
      assertEquals("0.00390625s,f2.82843,ISO1600", shown);
      assertEquals(shown, found.complete().toString());
    } finally {
      Locale.setDefault(before);
    }
  }
}
