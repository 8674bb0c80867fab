package stops.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;
import stops.image.ImageException;

/** An error as users are to see it: typed, on one line, with the words that matter. */
public final class Problem {
  private Problem() {}

  public static void input(String words, Executable call) {
    check(ImageException.Side.INPUT, words, call);
  }

  public static void output(String words, Executable call) {
    check(ImageException.Side.OUTPUT, words, call);
  }

  private static void check(ImageException.Side side, String words, Executable call) {
    ImageException e = assertThrows(ImageException.class, call);
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains(words), message);
    assertEquals(1, message.lines().count(), message);
    assertEquals(side, e.side(), message);
  }
}
