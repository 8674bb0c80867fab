package stops.convert;

/**
 * Hears how far the conversion of a file is. Called by the working threads, several at once, after
 * each strip.
 *
 * <p>API: programs that use Stops may rely on it.
 */
@FunctionalInterface
public interface FileProgress {

  /** Hears nothing. */
  FileProgress NONE = (done, all) -> {};

  /** {@code done} strips of {@code all} are written. */
  void strips(int done, int all);
}
