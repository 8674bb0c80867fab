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
 * The pattern of the names of a sequence's files, with placeholders for the frame number: {@code
 * %04d} (at least four digits) or {@code %d}, as in C; {@code ####}, with a digit for each, but
 * four for a single {@code #}; or {@code @}, with a digit for each. A minus sign counts as a digit,
 * as in C.
 *
 * <p>A pattern has placeholders of one kind, the first of this list that occurs in it. The other
 * kinds are then plain characters. The placeholders are in the file's own name, or else in the name
 * of the last folder that has {@code %d} or {@code #}.
 *
 * @param literals the text around the placeholders, one more than there are placeholders
 * @param digits the least number of digits for each placeholder
 */
public record FramePattern(List<String> literals, List<Integer> digits) {
  private static final Pattern PRINTF = Pattern.compile("%(?:0(\\d{1,2}))?d");
  private static final Pattern HASHES = Pattern.compile("#+");
  private static final Pattern AT_SIGNS = Pattern.compile("@+");
  private static final int DIGITS_OF_ONE_HASH = 4;

  /** The pattern in a file's name; empty if the name has no placeholder. */
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

  /** The file of frame number {@code frame}. */
  public Path file(int frame) {
    StringBuilder path = new StringBuilder(literals.getFirst());
    for (int i = 0; i < digits.size(); i++) {
      path.append(String.format(Locale.ROOT, "%0" + digits.get(i) + "d", frame))
          .append(literals.get(i + 1));
    }
    return Path.of(path.toString());
  }
}
