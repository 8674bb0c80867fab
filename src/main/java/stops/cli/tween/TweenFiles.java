package stops.cli.tween;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import stops.cli.syntax.Arguments;
import stops.cli.syntax.FrameSyntax;
import stops.cli.terminal.StandardFiles;
import stops.cli.terminal.UsageException;
import stops.image.ImageException;
import stops.sequence.Frame;
import stops.sequence.FrameFiles;
import stops.sequence.FrameListing;
import stops.sequence.FramePattern;
import stops.sequence.FrameRanges;
import stops.tween.Curve;

/**
 * The frames of {@code stops tween}: those of {@code --frames}; else of a sequence those whose
 * files exist, and of a still those from the first key to the last.
 *
 * @param input the pattern of the files to read; null for a still, or if there is no IN
 * @param still the one file to read; null for a sequence, or if there is no IN
 * @param output the file to write, with a place for the number; null if nothing is written
 * @param numbers the numbers of the frames, in the order in which they are done
 */
public record TweenFiles(
    @Nullable FramePattern input,
    @Nullable Path still,
    @Nullable Path output,
    List<Integer> numbers) {
  private static final int MOST_FRAMES = 100_000;

  /**
   * The files that are named.
   *
   * @param curve the curve through the keys; null if there are none
   * @param dry whether nothing is written, so that OUT, and with a curve IN, need not be named
   */
  public static TweenFiles of(Arguments given, @Nullable Curve curve, boolean dry)
      throws UsageException, ImageException {
    List<Path> files = given.files(dry ? curve == null ? 1 : 0 : 2, 2, "IN", "OUT");
    for (Path file : files) {
      if (StandardFiles.isStandard(file)) {
        throw new UsageException("- stands for one file, and a tween has many frames");
      }
    }
    Path in = files.isEmpty() ? null : files.getFirst();
    Path out = dry || files.size() < 2 ? null : files.get(1);
    // A file that exists is meant literally.
    Optional<FramePattern> pattern =
        in == null || Files.exists(in) ? Optional.empty() : FramePattern.of(in.toString());
    if (in != null && pattern.isEmpty() && curve == null) {
      throw new UsageException(
          "IN is one file, '" + in + "', and --deflicker takes a sequence, such as in.####.exr");
    }
    String ranges = given.value("frames");
    List<Integer> numbers =
        ranges != null
            ? FrameSyntax.numbers(ranges)
            : pattern.isPresent() ? existing(pattern.get()) : range(curve);
    if (numbers.isEmpty()) {
      throw ImageException.input(
          in == null ? Path.of("IN") : in, "has no frames: there is no file of that form");
    }
    return new TweenFiles(
        pattern.orElse(null), pattern.isPresent() ? null : in, place(in, out), numbers);
  }

  private static List<Integer> existing(FramePattern pattern)
      throws UsageException, ImageException {
    try {
      return FrameListing.of(pattern);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private static List<Integer> range(@Nullable Curve curve) throws UsageException {
    if (curve == null) {
      return List.of();
    }
    if ((long) curve.last() - curve.first() >= MOST_FRAMES) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "the keys span more than %d frames; say which with --frames",
              MOST_FRAMES));
    }
    return IntStream.rangeClosed(curve.first(), curve.last()).boxed().toList();
  }

  /** The name to write under: in a folder that exists, that of IN. */
  private static @Nullable Path place(@Nullable Path in, @Nullable Path out) throws UsageException {
    if (in == null || out == null) {
      return null;
    }
    Path file = Files.isDirectory(out) ? out.resolve(in.getFileName()) : out;
    if (FramePattern.of(file.toString()).isEmpty()) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "OUT is one file, '%s'; write %%04d, #### or @ where the frame's number is",
              file));
    }
    return file;
  }

  /** The frames of a sequence that lie between others, and have no file. */
  public Optional<String> gaps() {
    if (input == null) {
      return Optional.empty();
    }
    List<Integer> gaps = new ArrayList<>();
    for (int i = 1; i < numbers.size() && gaps.size() < MOST_FRAMES; i++) {
      for (int n = numbers.get(i - 1) + 1;
          n > Integer.MIN_VALUE && n < numbers.get(i) && gaps.size() < MOST_FRAMES;
          n++) {
        gaps.add(n);
      }
    }
    return gaps.isEmpty() ? Optional.empty() : Optional.of(FrameRanges.text(gaps));
  }

  /** The file to read of a frame. */
  public Path input(int number) {
    if (input != null) {
      return input.file(number);
    }
    if (still == null) {
      throw new IllegalStateException("there is no IN");
    }
    return still;
  }

  /**
   * The frames, checked before the first file is touched.
   *
   * @param skipExisting whether frames are left out whose output exists
   */
  public List<Frame> frames(boolean skipExisting) throws UsageException, ImageException {
    if (output == null) {
      throw new IllegalStateException("there is no OUT");
    }
    FramePattern to = FrameSyntax.pattern("OUT", output);
    List<Frame> frames = new ArrayList<>();
    for (int number : numbers) {
      frames.add(new Frame(OptionalInt.of(number), input(number), to.file(number)));
    }
    if (skipExisting && to.equals(input)) {
      throw new UsageException(
          "--skip-existing: IN and OUT are the same, so every output is there; give another OUT");
    }
    try {
      FrameFiles.check(frames);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
    return frames;
  }
}
