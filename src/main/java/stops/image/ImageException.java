package stops.image;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import stops.text.OneLine;

/**
 * A file could not be read or written. The message is one line that says what is wrong, where and
 * what to do. It is safe to print, even if a file's name or text has control characters.
 *
 * <p>API: programs that use Stops may rely on it.
 */
public final class ImageException extends Exception {
  private static final long serialVersionUID = 1;

  /** The side that is at fault. It decides the exit status. */
  public enum Side {
    /** The input: unreadable, damaged or unsupported. */
    INPUT,
    /** The output: not writable, no space, or a format that cannot hold what is asked of it. */
    OUTPUT
  }

  private final Side side;

  private ImageException(Side side, String message, @Nullable Throwable cause) {
    super(OneLine.of(message), cause);
    this.side = side;
  }

  /** The input file {@code path} has a problem. */
  public static ImageException input(Path path, String problem) {
    return new ImageException(Side.INPUT, path + ": " + problem, null);
  }

  /** The input file {@code path} has a problem, which {@code cause} revealed. */
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

  /** The input file {@code path} cannot be read, for the reason that the system gives. */
  public static ImageException unreadable(Path path, IOException cause) {
    String problem =
        switch (cause) {
          case NoSuchFileException e -> "there is no such file; check its name";
          case AccessDeniedException e -> "may not be read; change its permissions";
          case ClosedChannelException e -> "reading was interrupted; run it again";
          default ->
              "cannot be read: " + String.valueOf(cause.getMessage()).replaceAll("\\s+", " ");
        };
    return input(path, problem, cause);
  }

  /**
   * The input file {@code path} asks for more than there is. {@code cause} says of what: memory, or
   * places on the stack.
   */
  public static ImageException exhausted(Path path, VirtualMachineError cause) {
    return input(
        path,
        cause instanceof StackOverflowError
            ? "is nested too deeply to be read"
            : "needs more memory than Java has; give it more with STOPS_JAVA_OPTS=-Xmx4g",
        cause);
  }

  /** The output file {@code path} cannot be written. */
  public static ImageException output(Path path, String problem) {
    return new ImageException(Side.OUTPUT, path + ": " + problem, null);
  }

  /** The output file {@code path} cannot be written, which {@code cause} revealed. */
  public static ImageException output(Path path, String problem, Throwable cause) {
    return new ImageException(Side.OUTPUT, path + ": " + problem, cause);
  }

  /** This failure, with another message. */
  public ImageException saying(String message) {
    return new ImageException(side, message, getCause());
  }

  /** The side that is at fault. */
  public Side side() {
    return side;
  }
}
