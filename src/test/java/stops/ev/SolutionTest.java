package stops.ev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SolutionTest {

  private static Solution solve(String others, SettingKind kind, double light) {
    return Solution.of(SettingsSyntax.parse(others, Nominal.THIRD), kind, new Ev100(light));
  }

  @ParameterizedTest
  @CsvSource({
    "'f8,ISO100', SHUTTER, 12, 0.015625, 1/60, 0, 1/60, 0",
    "'f8,ISO100', SHUTTER, 12.4, 0.011841535675862483, 1/80, 0.06666666666666667, 1/90, -0.1",
    "'1/125,ISO100', APERTURE, 11.9, 5.464161027017583, 5.6, -0.1, 5.6, -0.1",
    "'1/125,ISO100', APERTURE, 11.6, 4.924577653379665, 5, -0.06666666666666667, 4.8, 0.1",
    "'1/125,f8', ISO, 11.5, 282.84271247461902, 250, -0.16666666666666666, 280, 0",
    "'1/30,f4,ISO100', DENSITY, 12, 0.9030899869919435, 0.9, 0.010265, 0.9, 0.010265",
    "'1/30,f4,ISO100', DENSITY, 10.6, 0.4816479930623699, 0.5, -0.060964, 0.45, 0.105132",
    "'1/30,f4,ISO100', DENSITY, 9, 0, 0, 0, 0, 0",
  })
  void theUnknownIsExactAndAtTheNearestMarks(
      String others,
      SettingKind kind,
      double light,
      double value,
      String third,
      double thirdStops,
      String half,
      double halfStops) {
    Solution solution = solve(others, kind, light);
    assertEquals(value, solution.value(), 1e-12 * Math.max(1, value));
    assertEquals(light, solution.exact().ev100().stops(), 1e-14);
    check(third, thirdStops, solution.third());
    check(half, halfStops, solution.half());
  }

  private static void check(String label, double stops, Solution.@Nullable Nearest nearest) {
    Solution.Nearest found = Objects.requireNonNull(nearest);
    assertEquals(label, found.marked());
    assertEquals(stops, found.stops(), 1e-6);
  }

  /** The error is the difference of the light levels that are exposed correctly. */
  @Test
  void nearestMarksAreWithinHalfAStepAndTheErrorIsTheirs() {
    for (SettingKind kind : SettingKind.values()) {
      for (double light = 3; light < 14; light += 0.037) {
        String others =
            switch (kind) {
              case SHUTTER -> "f5.6,ISO400";
              case APERTURE -> "1/250,ISO1600";
              case ISO -> "1/60,f4";
              case DENSITY -> "1,f2,ISO50";
            };
        Solution solution = solve(others, kind, light);
        Solution.Nearest third = Objects.requireNonNull(solution.third());
        Solution.Nearest half = Objects.requireNonNull(solution.half());
        assertTrue(Math.abs(third.stops()) <= 0.1701, solution + "");
        assertTrue(Math.abs(half.stops()) <= 0.2701, solution + "");
        for (Solution.Nearest nearest : new Solution.Nearest[] {third, half}) {
          ExposureSettings marked =
              SettingsSyntax.parse(others, Nominal.THIRD)
                  .with(Setting.exact(kind, "it", nearest.value()))
                  .complete();
          assertEquals(light - marked.ev100().stops(), nearest.stops(), 1e-12, solution + "");
        }
      }
    }
  }

  @Test
  void whereNoMarkIsWithinAStopThereIsNone() {
    Solution solution = solve("f1,ISO100", SettingKind.SHUTTER, 40);
    assertNull(solution.third());
    assertNull(solution.half());
    assertEquals(0x1p-40, solution.value());
    assertNull(solve("1,f1,ISO100", SettingKind.DENSITY, 26.5).third());
  }

  @Test
  void whatIsMissingBesidesIsNamed() {
    Throwable thrown =
        assertThrows(IllegalArgumentException.class, () -> solve("f8", SettingKind.SHUTTER, 12));
    assertEquals(
        "the ISO is missing; write all three, such as 1/240,f8,ISO100", thrown.getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> solve("1,f1,ISO100", SettingKind.DENSITY, -1));
  }
}
