package stops.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class GlobTest {

  @Test
  void starsStandForAnyTextAndQuestionMarksForOneCharacter() {
    assertTrue(new Glob("*").matches(""));
    assertTrue(new Glob("spec*.R").matches("spec.raw.R"));
    assertTrue(new Glob("?").matches("\n"));
    assertFalse(new Glob("?").matches(""));
    assertFalse(new Glob("R").matches("r"));
    assertFalse(new Glob("a.c").matches("abc"));
    assertTrue(new Glob("[a]").matches("[a]"));
    assertFalse(new Glob("plain").isPattern());
  }

  /** The regular expression that says the same is the oracle. */
  @Test
  void itMatchesWhatARegularExpressionMatches() {
    Random random = new Random(16);
    int matching = 0;
    for (int i = 0; i < 100_000; i++) {
      String pattern = text(random, "ab*?", 8);
      String name = text(random, "ab", 10);
      boolean expected = Pattern.matches(pattern.replace("*", ".*").replace("?", "."), name);
      assertEquals(expected, new Glob(pattern).matches(name), pattern + " and " + name);
      matching += expected ? 1 : 0;
    }
    assertTrue(matching > 1000, () -> "too few match");
  }

  private static String text(Random random, String letters, int longest) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(longest + 1); n > 0; n--) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }

  /** A regular expression would take years. */
  @Test
  void aNameMadeForItTakesNoLongTime() {
    assertFalse(new Glob("*a".repeat(50) + "b").matches("a".repeat(100_000)));
  }
}
