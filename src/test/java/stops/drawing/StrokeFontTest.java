package stops.drawing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StrokeFontTest {

  @Test
  void allOfAsciiHasShapesOfItsOwn() {
    Map<String, Character> shapes = new HashMap<>();
    for (char c = '!'; c <= '~'; c++) {
      TextMask mask = TextMask.of(c + "", 12);
      Character same = shapes.put(mask.width() + Arrays.toString(mask.cover()), c);
      assertTrue(same == null, c + " looks like " + same);
      assertFalse(Arrays.equals(TextMask.of("\ufffd", 12).cover(), mask.cover()), c + "");
    }
  }

  @Test
  void nothingIsCutOff() {
    for (double size : new double[] {6, 8, 9.5, 16, 40}) {
      for (char c = '!'; c <= '~'; c++) {
        TextMask mask = TextMask.of("x" + c + "x" + c, size);
        boolean any = false;
        for (int y = 0; y < mask.height(); y++) {
          for (int x = 0; x < mask.width(); x++) {
            int cover = mask.cover()[y * mask.width() + x];
            boolean edge = x == 0 || y == 0 || x == mask.width() - 1 || y == mask.height() - 1;
            assertFalse(edge && cover != 0, c + " at " + size + ": " + x + ", " + y);
            any |= cover != 0;
          }
        }
        assertTrue(any);
      }
    }
  }

  @Test
  void accentsAreDroppedAndOtherCharactersAreBoxes() {
    assertArrayEquals(TextMask.of("Zoe", 10).cover(), TextMask.of("Zo\u00eb", 10).cover());
    assertArrayEquals(TextMask.of("\ufffd", 10).cover(), TextMask.of("\u4e2d", 10).cover());
    assertEquals(0, StrokeFont.width("", 10));
  }

  @Test
  void longTextsLoseTheirMiddle() {
    String text = "a/very/long/name/of/a/picture.exr";
    String fitted = StrokeFont.fitted(text, 10, 120);
    assertTrue(StrokeFont.width(fitted, 10) <= 120);
    assertTrue(StrokeFont.width(fitted, 10) > 100, fitted);
    assertTrue(
        fitted.startsWith("a/v") && fitted.endsWith("exr") && fitted.contains("\u2026"), fitted);
    assertEquals(text, StrokeFont.fitted(text, 10, 1000));
  }
}
