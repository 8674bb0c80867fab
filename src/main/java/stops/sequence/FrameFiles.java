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
 * Lists the files of a sequence, and checks them before the first one is touched. Every frame must
 * have an output of its own, in a folder that can be written, and no output may be the input of
 * another frame. Symbolic links are followed. A frame may be converted in place.
 */
public final class FrameFiles {
  private FrameFiles() {}

  /**
   * The frames, in the order of {@code numbers}.
   *
   * @param input the pattern of the files to read
   * @param output the pattern of the files to write
   * @throws IllegalArgumentException if {@link #check} refuses the frames
   * @throws ImageException as {@link #check} does
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
   * @throws IllegalArgumentException if the output of a frame is the output or the input of
   *     another; the message names both
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

  /** The real path of an input. If it does not exist, links of its folder are still followed. */
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
