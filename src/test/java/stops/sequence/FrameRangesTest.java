package stops.sequence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameRangesTest {

  @Test
  void rangesAndStepsAndSingleFrames() {
    assertEquals(List.of(7), FrameRanges.parse("7"));
    assertEquals(List.of(1001, 1002, 1003), FrameRanges.parse("1001-1003"));
    assertEquals(List.of(1, 3, 5), FrameRanges.parse("1-6x2"));
    assertEquals(List.of(1, 2, 8, 10, 15, 20), FrameRanges.parse("1-2, 8,10-20x5"));
    assertEquals(List.of(5), FrameRanges.parse("5-5x10"));
  }

  @Test
  void backwardsIsBackwards() {
    assertEquals(List.of(3, 2, 1), FrameRanges.parse("3-1"));
    assertEquals(List.of(10, 7, 4, 1), FrameRanges.parse("10-1x3"));
    assertEquals(List.of(10, 7, 4, 1), FrameRanges.parse("10-1x-3"));
  }

  @Test
  void framesBelowZero() {
    assertEquals(List.of(-3), FrameRanges.parse("-3"));
    assertEquals(List.of(-2, -1, 0, 1), FrameRanges.parse("-2-1"));
    assertEquals(List.of(-5, -4), FrameRanges.parse("-5--4"));
    assertEquals(List.of(0, -2, -4), FrameRanges.parse("0--4x2"));
  }

  @Test
  void frameThatIsNamedTwiceIsConvertedOnce() {
    assertEquals(List.of(3, 1, 2), FrameRanges.parse("3,1-3,2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "1-",
        "-",
        "1--",
        "1-2x",
        "1-2x0",
        "1-9x-2",
        "1,,2",
        "1.5",
        "1-2y3",
        "x2",
        "9999999999",
        "1 2",
        "+3"
      })
  void whatIsNoRangeIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> FrameRanges.parse(text));
  }

  @Test
  void rangeOfFarTooManyFramesIsRefusedAtOnce() {
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> FrameRanges.parse("-999999999-999999999"));
    assertTrue(String.valueOf(e.getMessage()).contains("100000 frames"), e.getMessage());
    assertEquals(100_000, FrameRanges.parse("1-100000").size());
  }

  @Test
  void textIsReadBackAsTheSameFrames() {
    assertEquals("1-4,7,9-10", FrameRanges.text(List.of(9, 1, 2, 3, 7, 4, 10)));
    assertEquals("-3--1,5", FrameRanges.text(List.of(5, -1, -2, -3)));
    assertEquals("", FrameRanges.text(List.of()));
    assertEquals(List.of(-3, -2, -1, 5), FrameRanges.parse("-3--1,5"));
  }
}
