package stops.format;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import stops.image.ImageException;

/** Turns what the system says about a failed read into one line with what to do. */
final class InputProblem {
  private InputProblem() {}

  static ImageException of(Path path, IOException cause) {
    return switch (cause) {
      case NoSuchFileException e ->
          ImageException.input(path, "there is no such file; check its name", e);
      case AccessDeniedException e ->
          ImageException.input(path, "may not be read; change its permissions", e);
      case ClosedChannelException e ->
          ImageException.input(path, "reading was interrupted; run it again", e);
      default ->
          ImageException.input(
              path,
              "cannot be read: " + String.valueOf(cause.getMessage()).replaceAll("\\s+", " "),
              cause);
    };
  }
}
