package stops.sequence;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of the files of a sequence, in which something stands for the frame's number: {@code
 * %04d} (at least four digits) or {@code %d}, as in C; {@code ####}, a digit for each, but four for
 * a single {@code #}; or {@code @}, a digit for each. A minus sign counts as a digit, as in C.
 *
 * <p>A name has one kind of these, the first of this list that occurs in it; the others are then
 * plain characters. What stands for the number is in the file's own name, or else in the last
 * folder's that has {@code %d} or {@code #}.
 *
 * @param literals what is between the numbers, one more than there are numbers
 * @param digits how many digits each number has at least
 */
public record FramePattern(List<String> literals, List<Integer> digits) {
  private static final Pattern PRINTF = Pattern.compile("%(?:0(\\d{1,2}))?d");
  private static final Pattern HASHES = Pattern.compile("#+");
  private static final Pattern AT_SIGNS = Pattern.compile("@+");
  private static final int DIGITS_OF_ONE_HASH = 4;

  /** The pattern that a file's name is, if it is one. */
  public static Optional<FramePattern> of(String path) {
    int end = path.length();
    int start = lastSeparator(path, end) + 1;
    Optional<FramePattern> found = in(path, start, end, PRINTF, HASHES, AT_SIGNS);
    while (found.isEmpty() && start > 0) {
      end = start - 1;
      start = lastSeparator(path, end) + 1;
      found = in(path, start, end, PRINTF, HASHES);
    }
    return found;
  }

  private static int lastSeparator(String path, int end) {
    return Math.max(path.lastIndexOf('/', end - 1), path.lastIndexOf(File.separatorChar, end - 1));
  }

  private static Optional<FramePattern> in(String path, int start, int end, Pattern... kinds) {
    for (Pattern kind : kinds) {
      Matcher numbers = kind.matcher(path).region(start, end);
      List<String> literals = new ArrayList<>();
      List<Integer> digits = new ArrayList<>();
      int done = 0;
      while (numbers.find()) {
        literals.add(path.substring(done, numbers.start()));
        digits.add(digits(numbers));
        done = numbers.end();
      }
      if (!digits.isEmpty()) {
        literals.add(path.substring(done));
        return Optional.of(new FramePattern(List.copyOf(literals), List.copyOf(digits)));
      }
    }
    return Optional.empty();
  }

  private static int digits(Matcher number) {
    String text = number.group();
    if (text.startsWith("%")) {
      return number.group(1) == null ? 1 : Math.max(1, Integer.parseInt(number.group(1)));
    }
    return text.equals("#") ? DIGITS_OF_ONE_HASH : text.length();
  }

  /** The file of a frame. */
  Path file(int frame) {
    StringBuilder path = new StringBuilder(literals.getFirst());
    for (int i = 0; i < digits.size(); i++) {
      path.append(String.format(Locale.ROOT, "%0" + digits.get(i) + "d", frame))
          .append(literals.get(i + 1));
    }
    return Path.of(path.toString());
  }
}
