package stops.sequence;

import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * One frame of a sequence, or one file of several.
 *
 * @param number number of the frame, which may be negative; absent for a file without one
 * @param input the file to read
 * @param output the file to write
 */
public record Frame(OptionalInt number, Path input, Path output) {

  /** A frame of a sequence. */
  static Frame numbered(int number, Path input, Path output) {
    return new Frame(OptionalInt.of(number), input, output);
  }

  /** One file of several. */
  public static Frame file(Path input, Path output) {
    return new Frame(OptionalInt.empty(), input, output);
  }

  /** The name for messages: {@code frame 7}, or the name of the file to read. */
  public String name() {
    return number.isPresent() ? "frame " + number.getAsInt() : input.toString();
  }
}
