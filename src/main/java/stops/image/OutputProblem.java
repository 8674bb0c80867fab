package stops.image;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Turns a failed write into one line that says what to do. */
final class OutputProblem {
  /** The problem of a file that another program removed while it was being written. */
  static final String TEMPORARY_FILE_GONE =
      "its temporary file, or its folder, was removed while it was written; run it again";

  private OutputProblem() {}

  static ImageException of(Path target, @Nullable Path folder, IOException cause) {
    String where = folder == null ? "its folder" : "folder " + folder;
    return ImageException.output(target, describe(where, cause), cause);
  }

  private static String describe(String where, IOException cause) {
    String message = String.valueOf(cause.getMessage()).replaceAll("\\s+", " ");
    return switch (cause) {
      case AccessDeniedException e ->
          where + " may not be written; change its permissions or choose another folder";
      case FileSystemLoopException e -> "symbolic links lead in a circle; give the name of a file";
      case InterruptedIOException e -> "writing was interrupted; run it again";
      case ClosedByInterruptException e -> "writing was interrupted; run it again";
      case ClosedChannelException e -> "writing was interrupted; run it again";
      default -> {
        String reason =
            cause instanceof FileSystemException e && e.getReason() != null
                ? e.getReason()
                : message;
        yield reason + remedy(where, reason);
      }
    };
  }

  private static String remedy(String where, String reason) {
    String told = reason.toLowerCase(java.util.Locale.ROOT);
    if (told.contains("no space") || told.contains("quota")) {
      return " in " + where + "; free some space or choose another folder";
    }
    if (told.contains("too large")) {
      return " for the file system of " + where + "; choose another folder";
    }
    if (told.contains("name too long")) {
      return "; choose a shorter name";
    }
    return " in " + where + "; choose another folder";
  }
}
