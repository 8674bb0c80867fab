package stops.opencl.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The value of a failed call is not read, and impossible counts and sizes are refused. */
final class AnswerTest {
  private static <T> Answer<T> untouchable(int status) {
    return Answer.of(
        status,
        () -> {
          throw new AssertionError("read after status " + status);
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, -31, -1001, 1, Integer.MIN_VALUE})
  void whatAFailedCallLeftIsNotRead(int status) {
    Answer<Integer> answer = untouchable(status);
    assertEquals(status, answer.status());
    ClException failure = assertThrows(ClException.class, () -> answer.value("clCall", "here"));
    assertEquals(
        String.format(Locale.ROOT, "clCall failed: %s on here", ClStatus.describe(status)),
        failure.getMessage());
  }

  @Test
  void successWithoutAnObjectIsAFailure() {
    ClException failure =
        assertThrows(ClException.class, () -> Answer.of(0, () -> null).value("clCall", "here"));
    assertEquals("clCall gave no object, which cannot be right, on here", failure.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, Answer.MOST_OBJECTS + 1})
  void aCountThatCannotBeRightIsRefusedBeforeAnythingIsMadeForIt(int count) {
    ClException failure =
        assertThrows(
            ClException.class,
            () -> Answer.list("clCall", "here", Answer.of(0, () -> count), room -> untouchable(0)));
    assertEquals(
        String.format(
            Locale.ROOT,
            "clCall gave a count of %s, which cannot be right, on here",
            Integer.toUnsignedString(count)),
        failure.getMessage());
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, 1L << 62, 1L << 32, 101})
  void aSizeThatCannotBeRightIsRefusedBeforeAnythingIsMadeForIt(long sizeBytes) {
    ClException failure =
        assertThrows(
            ClException.class,
            () ->
                Answer.bytes(
                    "clCall", "here", Answer.of(0, () -> sizeBytes), 100, room -> untouchable(0)));
    assertEquals(
        String.format(
            Locale.ROOT,
            "clCall gave a size of %s bytes, which cannot be right, on here",
            Long.toUnsignedString(sizeBytes)),
        failure.getMessage());
  }

  @Test
  void bothStepsHaveToSucceed() throws Exception {
    Answer<Integer> count = Answer.of(0, () -> 2);
    assertEquals(
        List.of("a", "b"),
        Answer.list("clCall", "here", count, room -> Answer.of(0, () -> List.of("a", "b"))));
    assertThrows(
        ClException.class, () -> Answer.list("clCall", "here", count, room -> untouchable(-5)));
    assertThrows(
        ClException.class,
        () -> Answer.list("clCall", "here", untouchable(-5), room -> untouchable(-6)));
    Answer<Long> none = Answer.of(0, () -> 0L);
    assertArrayEquals(
        new byte[0], Answer.bytes("clCall", "here", none, 100, room -> untouchable(-5)));
  }
}
