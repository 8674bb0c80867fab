package stops.match;

import java.util.Locale;
import stops.text.OneLine;

/**
 * Two pictures have too little in common that can be compared. The message is one line that names
 * the file and says why. It is safe to print, even if a file's name has control characters.
 *
 * <p>API: programs that use Stops may rely on it.
 */
public final class TooLittleToMatch extends Exception {
  private static final long serialVersionUID = 1;

  private TooLittleToMatch(String message) {
    super(OneLine.of(message));
  }

  static TooLittleToMatch of(String problem) {
    return new TooLittleToMatch(problem);
  }

  /** Too few pixels agree on a difference. */
  static TooLittleToMatch pixels(long used, long compared) {
    return new TooLittleToMatch(
        String.format(
            Locale.ROOT,
            "too little to rest on: %,d of %,d pixels (%.2g %%) are above the noise, below clipping and "
                + "agree on a difference, and it takes %d and 1 %%; --floor and --clip set the limits",
            used,
            compared,
            compared == 0 ? 0 : 100.0 * used / compared,
            Match.LEAST_PIXELS));
  }

  /** This failure, with the name of the file in front. */
  TooLittleToMatch in(Object file) {
    return new TooLittleToMatch(file + ": " + getMessage());
  }
}
