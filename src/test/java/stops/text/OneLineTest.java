package stops.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OneLineTest {

  @Test
  void plainTextStaysAsItIs() {
    for (String text :
        List.of("", "beauty.R", "C:\\shots\\n", "Blende ½, émulsion, 光, עברית, 🎬")) {
      assertSame(text, OneLine.of(text));
    }
  }

  @Test
  void whatEndsALineOrSteersATerminalIsAnEscape() {
    assertEquals("a\\nb\\r\\tc", OneLine.of("a\nb\r\tc"));
    assertEquals("\\u001b[31mred\\u001b[0m", OneLine.of("\u001b[31mred\u001b[0m"));
    assertEquals("\\u0000 \\u007f \\u009b2J \\u0085", OneLine.of("\0 \u007f \u009b2J \u0085"));
    assertEquals("exr.\\u202erxe", OneLine.of("exr.\u202erxe"));
    assertEquals("\\u2028\\u2029\\ufeff", OneLine.of("\u2028\u2029\ufeff"));
    assertEquals("\\ud800 and \\udb40\\udc41", OneLine.of("\ud800 and \udb40\udc41"));
  }

  @Test
  void noCharacterWithAnEffectIsLeftAndWhatIsShownIsShownTheSameAgain() {
    String all =
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    String shown = OneLine.of(all);
    assertEquals(1, shown.lines().count());
    assertTrue(
        shown
            .codePoints()
            .noneMatch(c ->
                Character.isISOControl(c)
                    || Character.getType(c) == Character.FORMAT
                    || Character.getType(c) == Character.SURROGATE));
    assertSame(shown, OneLine.of(shown));
  }

  @Test
  void aLineOfJsonKeepsItsMeaning() {
    Gson gson = new GsonBuilder().disableHtmlEscaping().create();
    String text = "\u001b\u009b\u007f\u202e\n\"\\ud800\" \udb40\udc41 \u2028";
    String json = OneLine.of(gson.toJson(text));
    assertTrue(json.chars().allMatch(c -> c >= ' ' && c < 0x7f), json);
    assertEquals(text, gson.fromJson(json, String.class));
  }

  @Test
  void longTextIsCutBetweenCharacters() {
    assertEquals("abc", OneLine.of("abc", 3));
    assertEquals("ab…", OneLine.of("abc", 2));
    assertEquals("a…", OneLine.of("a🎬b", 2));
    assertEquals("\\n…", OneLine.of("\nb", 1));
  }

  @Test
  void ofManyNamesTheFirstAreShown() {
    assertEquals("R G B", NameList.of(List.of("R", "G", "B"), " "));
    List<String> many = IntStream.range(0, 1234).mapToObj(i -> "c" + i).toList();
    String shown = NameList.of(many, ", ");
    assertTrue(shown.startsWith("c0, c1, ") && shown.endsWith(", c99 and 1134 more"), shown);
  }
}
