package stops.image;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file could not be read or written. The message is one line that says what is wrong, where and
 * what to do; whatever a file's name or text has in it, it can be printed.
 *
 * <p>API: programs that use Stops may rely on it.
 */
public final class ImageException extends Exception {
  private static final long serialVersionUID = 1;

  /** Which side is at fault. It decides the exit status. */
  public enum Side {
    /** The input: unreadable, damaged or unsupported. */
    INPUT,
    /** The output: not writable, no space, or a format that cannot hold what is asked of it. */
    OUTPUT
  }

  private final Side side;

  private ImageException(Side side, String message, @Nullable Throwable cause) {
    super(printable(message), cause);
    this.side = side;
  }

  /** With a question mark for whatever ends a line or does something to a terminal. */
  private static String printable(String message) {
    StringBuilder printable = new StringBuilder(message.length());
    message
        .codePoints()
        .forEach(character -> {
          switch (Character.getType(character)) {
            case Character.CONTROL,
                Character.FORMAT,
                Character.SURROGATE,
                Character.LINE_SEPARATOR,
                Character.PARAGRAPH_SEPARATOR ->
                printable.append('?');
            default -> printable.appendCodePoint(character);
          }
        });
    return printable.toString();
  }

  /** Something is wrong with the input file {@code path}. */
  public static ImageException input(Path path, String problem) {
    return new ImageException(Side.INPUT, path + ": " + problem, null);
  }

  /** The same, with what caused it. */
  public static ImageException input(Path path, String problem, Throwable cause) {
    return new ImageException(Side.INPUT, path + ": " + problem, cause);
  }

  /** The input file {@code path} became shorter than it was while it was read. */
  public static ImageException truncated(Path path, @Nullable Throwable cause) {
    return new ImageException(
        Side.INPUT,
        path + ": was truncated by another program while it was read; run it again",
        cause);
  }

  /** The output file {@code path} cannot be written. */
  public static ImageException output(Path path, String problem) {
    return new ImageException(Side.OUTPUT, path + ": " + problem, null);
  }

  /** The same, with what caused it. */
  public static ImageException output(Path path, String problem, Throwable cause) {
    return new ImageException(Side.OUTPUT, path + ": " + problem, cause);
  }

  /** The same failure in other words. */
  public ImageException saying(String message) {
    return new ImageException(side, message, getCause());
  }

  /** Which side is at fault. */
  public Side side() {
    return side;
  }
}
