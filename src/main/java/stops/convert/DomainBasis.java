package stops.convert;

import java.util.Locale;

/**
 * The evidence for the domain of a file's light.
 *
 * <p>API: programs that use Stops may rely on it.
 */
public enum DomainBasis {
  /** The file states its domain, or its format has intensities unless a file states otherwise. */
  STATED,
  /** The file states no domain. The one that the conversion needs is assumed. */
  ASSUMED,
  /** The caller states the domain, which overrides the file. */
  TOLD;

  /** The name in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
