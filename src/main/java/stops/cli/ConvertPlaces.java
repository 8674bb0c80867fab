package stops.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.cli.Option;
import stops.cli.syntax.Arguments;
import stops.cli.syntax.FrameSyntax;
import stops.cli.syntax.Syntax;
import stops.cli.terminal.StandardFiles;
import stops.cli.terminal.UsageException;
import stops.image.ImageException;
import stops.sequence.Frame;
import stops.sequence.FrameFiles;
import stops.sequence.FramePattern;

/**
 * The files to read and to write: one pair, the frames of a sequence, or several files into a
 * folder.
 *
 * @param isSingle whether there is one pair, and it is no frame of a sequence
 * @param frames the pairs of files
 * @param skipExisting whether pairs are left out whose output exists
 */
record ConvertPlaces(boolean isSingle, List<Frame> frames, boolean skipExisting) {
  static final List<Option> OPTIONS =
      List.of(
          Syntax.value(
              "frames",
              "RANGES",
              "A sequence: these frames, such as 1001-1100, 1-99x2 or 1-5,8,20-10. IN and "
                  + "OUT then have %04d, #### or @ where the frame's number is. Frames are done "
                  + "side by side; one that fails does not stop the others. The exit status is the "
                  + "highest of theirs."),
          Syntax.flag(
              "skip-existing",
              "Leave out the frames, or files, whose output is there and complete."));

  static ConvertPlaces of(Arguments given) throws UsageException, ImageException {
    List<Path> files = given.files(2, Integer.MAX_VALUE, "IN", "OUT");
    List<Path> inputs = files.subList(0, files.size() - 1);
    Path output = files.getLast();
    boolean skipExisting = given.has("skip-existing");
    boolean intoFolder = Files.isDirectory(output);
    String ranges = given.value("frames");
    if (ranges != null) {
      if (inputs.size() > 1) {
        throw new UsageException("--frames takes one IN, not " + inputs.size());
      }
      Path pattern = intoFolder ? output.resolve(name(inputs.getFirst())) : output;
      return new ConvertPlaces(
          false, sequence(ranges, inputs.getFirst(), pattern, skipExisting), skipExisting);
    }
    if (!intoFolder && (inputs.size() > 1 || given.operands().getLast().endsWith("/"))) {
      throw ImageException.output(
          output,
          inputs.size() > 1
              ? "is not a folder; several files need one (a sequence is written with --frames)"
              : "there is no such folder");
    }
    FrameSyntax.checkSingle(inputs);
    if (inputs.size() == 1 && !skipExisting) {
      Path input = inputs.getFirst();
      Path file = intoFolder ? output.resolve(name(input)) : output;
      return new ConvertPlaces(true, List.of(Frame.file(input, file)), false);
    }
    List<Frame> frames = new ArrayList<>();
    for (Path input : inputs) {
      frames.add(Frame.file(input, intoFolder ? output.resolve(name(input)) : output));
    }
    return new ConvertPlaces(false, checked(frames, skipExisting), skipExisting);
  }

  /** The file to read of a single pair. */
  Path input() {
    return frames.getFirst().input();
  }

  /** The file to write of a single pair. */
  Path output() {
    return frames.getFirst().output();
  }

  private static Path name(Path input) throws UsageException {
    Path name = input.getFileName();
    if (StandardFiles.isStandard(input) || name == null) {
      throw new UsageException(
          String.format(Locale.ROOT, "'%s' has no name to write it under; give OUT one", input));
    }
    return name;
  }

  private static List<Frame> sequence(String ranges, Path input, Path output, boolean skipExisting)
      throws UsageException, ImageException {
    List<Integer> numbers = FrameSyntax.numbers(ranges);
    FramePattern from = FrameSyntax.pattern("IN", input);
    FramePattern to = FrameSyntax.pattern("OUT", output);
    if (skipExisting && from.equals(to)) {
      throw new UsageException(
          "--skip-existing: IN and OUT are the same, so every output is there; give another OUT");
    }
    try {
      return FrameFiles.of(from, to, numbers);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private static List<Frame> checked(List<Frame> frames, boolean skipExisting)
      throws UsageException, ImageException {
    for (Frame frame : frames) {
      if (StandardFiles.isStandard(frame.input()) || StandardFiles.isStandard(frame.output())) {
        throw new UsageException("- stands for one file by itself, not for one of several");
      }
      if (skipExisting && frame.input().equals(frame.output())) {
        throw new UsageException(
            "--skip-existing: IN and OUT are the same, so every output is there; give another OUT");
      }
    }
    try {
      FrameFiles.check(frames);
      return frames;
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
