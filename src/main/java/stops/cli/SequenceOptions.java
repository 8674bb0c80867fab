package stops.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import stops.format.Formats;
import stops.image.ImageException;
import stops.sequence.Frame;
import stops.sequence.FrameFiles;
import stops.sequence.FramePattern;
import stops.sequence.FrameRanges;

/** Which frames of a sequence are worked on. */
final class SequenceOptions {
  @Option(
      names = "--frames",
      paramLabel = "RANGES",
      description =
          "Convert a sequence: these frames, such as 1001-1100, 1-99x2 or 1-5,8,20-10. IN and OUT "
              + "then have %%04d, #### or @ where the frame's number is. Frames are converted side "
              + "by side; one that fails does not stop the others. The exit status is the highest "
              + "of theirs.")
  @Nullable String ranges;

  @Option(
      names = "--skip-existing",
      description = "With --frames: leave out the frames whose output is there.")
  boolean skipExisting;

  /** Whether a sequence is asked for. */
  boolean given() {
    return ranges != null;
  }

  /** The frames asked for, checked. */
  List<Frame> frames(Path input, Path output) throws UsageException, ImageException {
    List<Integer> numbers;
    try {
      numbers = FrameRanges.parse(ranges == null ? "" : ranges);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--frames: " + e.getMessage());
    }
    FramePattern from = pattern(input, "IN");
    FramePattern to = pattern(output, "OUT");
    if (skipExisting && from.equals(to)) {
      throw new UsageException(
          "--skip-existing: IN and OUT are the same, so every output is there; give another OUT");
    }
    // An ending that no frame could be written with.
    var unused = Formats.forTarget(to.file(numbers.getFirst()), Formats.all().getFirst());
    try {
      return FrameFiles.of(from, to, numbers);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private static FramePattern pattern(Path path, String name) throws UsageException {
    return FramePattern.of(path.toString())
        .orElseThrow(() ->
            new UsageException(
                "--frames: %s is one file, '%s'; write %%04d, #### or @ where the frame's number is"
                    .formatted(name, path)));
  }

  /** Fails where single files are meant to be, but their names are patterns. */
  void checkSingle(Path input, Path output) throws UsageException {
    if (skipExisting) {
      throw new UsageException("--skip-existing belongs to --frames, which is absent");
    }
    // An existing file is meant as it is called, and @ alone may be part of an ordinary name.
    if (FramePattern.of(input.toString()).isPresent() && !Files.exists(input)) {
      throw missing(input);
    }
    String plain = output.toString().replace("@", "");
    if (FramePattern.of(plain).isPresent() && !Files.exists(output)) {
      throw missing(output);
    }
  }

  private static UsageException missing(Path pattern) {
    return new UsageException(
        "'%s' stands for many files; say which with --frames, such as --frames 1001-1100"
            .formatted(pattern));
  }
}
