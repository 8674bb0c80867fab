package stops.ev;

import stops.text.OneLine;

/**
 * The metadata of a file does not say how it was exposed, or says something that cannot be. The
 * message is one line that names the file, the attribute, and what is wrong with it.
 */
public final class MissingSettings extends Exception {
  private static final long serialVersionUID = 1;

  /** With a message that may hold texts of files. */
  public MissingSettings(String message) {
    super(OneLine.of(message));
  }
}
