package stops.sequence;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import stops.image.ImageException;

/** Finds the frames of a sequence whose files exist. */
public final class FrameListing {
  private FrameListing() {}

  /**
   * The numbers of the frames that exist, in rising order.
   *
   * @throws IllegalArgumentException if the number is part of a folder's name, or if there are too
   *     many; the message is one line
   * @throws ImageException of the input side, if the folder cannot be listed
   */
  public static List<Integer> of(FramePattern pattern) throws ImageException {
    Path any = pattern.file(0);
    Path folder = any.getParent();
    Path name = pattern.file(1).getFileName();
    if (name == null || !Objects.equals(folder, pattern.file(1).getParent())) {
      throw new IllegalArgumentException(
          "the number is in a folder's name; say which frames with --frames");
    }
    Pattern names = names(pattern, folder);
    TreeSet<Integer> numbers = new TreeSet<>();
    Path listed = folder == null ? Path.of("") : folder;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(listed)) {
      for (Path file : files) {
        Matcher match = names.matcher(String.valueOf(file.getFileName()));
        if (match.matches()) {
          long number = Long.parseLong(match.group(1));
          // The digits must be as many as the pattern says.
          if (number == (int) number
              && pattern.file((int) number).getFileName().equals(file.getFileName())) {
            numbers.add((int) number);
          }
        }
        if (numbers.size() > FrameRanges.MOST_FRAMES) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "there are more than %d files; say which with --frames",
                  FrameRanges.MOST_FRAMES));
        }
      }
    } catch (IOException e) {
      throw ImageException.unreadable(listed, e);
    } catch (DirectoryIteratorException e) {
      throw ImageException.unreadable(
          listed, Objects.requireNonNullElseGet(e.getCause(), IOException::new));
    }
    return List.copyOf(numbers);
  }

  private static Pattern names(FramePattern pattern, @Nullable Path folder) {
    StringBuilder form = new StringBuilder();
    for (int i = 0; i < pattern.literals().size(); i++) {
      String literal = pattern.literals().get(i);
      if (i == 0 && folder != null) {
        literal = literal.substring(literal.lastIndexOf('/') + 1);
      }
      form.append(i == 0 ? "" : i == 1 ? "(-?\\d{1,10})" : "\\1").append(Pattern.quote(literal));
    }
    return Pattern.compile(form.toString());
  }
}
