package stops.sequence;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads and writes frame numbers as render farms do: {@code 1001-1100}, {@code 1-9x2} for every
 * second one, {@code 5}, negative numbers ({@code -10--1}), backwards ({@code 10-1}, {@code
 * 10-1x3}), and several of these with commas between them.
 */
public final class FrameRanges {
  /** Largest number of frames of one run. More are taken for a mistake. */
  static final int MOST_FRAMES = 100_000;

  private static final String NUMBER = "(-?\\d+)";
  private static final Pattern RANGE =
      Pattern.compile(NUMBER + "(?:-" + NUMBER + "(?:x" + NUMBER + ")?)?");

  private FrameRanges() {}

  /**
   * The frame numbers of {@code text}, in its order. A repeated number counts once.
   *
   * @throws IllegalArgumentException if {@code text} is not written like that, or has more than
   *     {@link #MOST_FRAMES} numbers; the message says what is wrong
   */
  public static List<Integer> parse(String text) {
    Set<Integer> numbers = new LinkedHashSet<>();
    for (String part : text.split(",", -1)) {
      Matcher range = RANGE.matcher(part.strip());
      if (!range.matches()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "'%s' is not a range of frames; write 1001-1100, 1-99x2, 7 or several with commas",
                part.strip()));
      }
      add(range, numbers);
    }
    return List.copyOf(numbers);
  }

  private static void add(Matcher range, Set<Integer> numbers) {
    long first = number(range.group(1));
    long last = range.group(2) == null ? first : number(range.group(2));
    long step = last < first ? -1 : 1;
    if (range.group(3) != null) {
      long given = number(range.group(3));
      // 10-1x3 and 10-1x-3 are the same; 1-10x-3 leads nowhere.
      if (given == 0 || given < 0 && step > 0) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "the step of '%s' leads nowhere; it is 1 or more", range.group()));
      }
      step *= Math.abs(given);
    }
    for (long number = first; step > 0 ? number <= last : number >= last; number += step) {
      numbers.add((int) number);
      if (numbers.size() > MOST_FRAMES) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "'%s' is more than %d frames; do it in several runs",
                range.group(),
                MOST_FRAMES));
      }
    }
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%s is too large; frames go from -2147483648 to 2147483647", text));
    }
  }

  /** The text of {@code numbers} that {@link #parse} reads, in rising order: {@code 1-4,7}. */
  public static String text(List<Integer> numbers) {
    List<Integer> sorted = numbers.stream().distinct().sorted().toList();
    List<String> parts = new ArrayList<>();
    for (int from = 0; from < sorted.size(); ) {
      int to = from;
      while (to + 1 < sorted.size() && sorted.get(to + 1) == sorted.get(to) + 1) {
        to++;
      }
      parts.add(to == from ? "" + sorted.get(from) : sorted.get(from) + "-" + sorted.get(to));
      from = to + 1;
    }
    return String.join(",", parts);
  }
}
