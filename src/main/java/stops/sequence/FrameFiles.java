package stops.sequence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import stops.image.AtomicFile;
import stops.image.ImageException;

/**
 * The files of a sequence, checked before the first one is touched: every frame has an output of
 * its own, in a folder that can be written, and no output is what another frame reads. Symbolic
 * links are followed for that. A frame may be converted in place.
 */
public final class FrameFiles {
  private FrameFiles() {}

  /**
   * The frames, in the order of their numbers as given.
   *
   * @param input the pattern of the files to read
   * @param output the pattern of the files to write
   * @throws IllegalArgumentException as {@link #check} does
   * @throws ImageException likewise
   */
  public static List<Frame> of(FramePattern input, FramePattern output, List<Integer> numbers)
      throws ImageException {
    List<Frame> frames =
        numbers.stream()
            .map(number -> Frame.numbered(number, input.file(number), output.file(number)))
            .toList();
    check(frames);
    return frames;
  }

  /**
   * Checks frames, or files.
   *
   * @throws IllegalArgumentException if frames get in each other's way; the message says which
   * @throws ImageException of the output side, if a folder is absent or cannot be written
   */
  public static void check(List<Frame> frames) throws ImageException {
    Map<Path, Frame> writers = new HashMap<>();
    for (Frame frame : frames) {
      Frame other = writers.put(AtomicFile.destination(frame.output()), frame);
      if (other != null) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s and %s would both write %s; give each its own output",
                other.name(),
                frame.name(),
                frame.output()));
      }
    }
    for (Frame frame : frames) {
      Frame writer = writers.get(place(frame.input()));
      if (writer != null && writer != frame) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s is the input of %s and the output of %s; write under another name",
                frame.input(),
                frame.name(),
                writer.name()));
      }
    }
  }

  /** Where an input is, links followed as far as it exists. */
  private static Path place(Path input) {
    try {
      return input.toRealPath();
    } catch (IOException absent) {
      try {
        Path file = input.toAbsolutePath();
        Path folder = file.getParent();
        return folder == null ? file : folder.toRealPath().resolve(file.getFileName());
      } catch (IOException noFolder) {
        return input.toAbsolutePath().normalize();
      }
    }
  }
}
