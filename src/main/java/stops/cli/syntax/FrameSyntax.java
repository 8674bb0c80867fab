package stops.cli.syntax;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import stops.cli.terminal.UsageException;
import stops.sequence.FramePattern;
import stops.sequence.FrameRanges;

/** The option {@code --frames}, and the names of files that stand for many. */
public final class FrameSyntax {
  private FrameSyntax() {}

  /** The numbers that ranges such as {@code 1001-1100x2} stand for, in their order. */
  public static List<Integer> numbers(String ranges) throws UsageException {
    try {
      return FrameRanges.parse(ranges);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--frames: " + e.getMessage());
    }
  }

  /**
   * The name of a file with the place of the frame's number in it.
   *
   * @param what the operand or option, for the message
   */
  public static FramePattern pattern(String what, Path path) throws UsageException {
    return FramePattern.of(path.toString())
        .orElseThrow(() ->
            new UsageException(
                String.format(
                    Locale.ROOT,
                    "--frames: %s is one file, '%s'; write %%04d, #### or @ where the frame's number is",
                    what,
                    path)));
  }

  /**
   * Refuses files without {@code --frames} that stand for many. A file that exists is meant
   * literally.
   */
  public static void checkSingle(List<Path> files) throws UsageException {
    for (Path file : files) {
      if (FramePattern.of(file.toString()).isPresent() && Files.notExists(file)) {
        throw new UsageException(
            String.format(
                Locale.ROOT,
                "there is no file '%s'; if it stands for many, say which with --frames, such as"
                    + " --frames 1001-1100",
                file));
      }
    }
  }
}
