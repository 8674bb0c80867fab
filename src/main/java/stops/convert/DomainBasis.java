package stops.convert;

import java.util.Locale;

/**
 * How it is known what the light of a file stands for.
 *
 * <p>API: programs that use Stops may rely on it.
 */
public enum DomainBasis {
  /** The file says so, or its format has intensities unless a file says otherwise. */
  STATED,
  /** Nothing says so; it is what the conversion needs. */
  ASSUMED,
  /** The caller says so, whatever the file says. */
  TOLD;

  /** In lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
