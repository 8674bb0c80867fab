package stops.image;

import java.util.Locale;

/**
 * The meaning of the light samples of a file.
 *
 * <p>API: programs that use Stops may rely on it.
 */
public enum Domain {
  /** Linear light; 0 is black. */
  INTENSITY,
  /** {@code log2} of linear light, in stops. */
  EXPOSURE;

  /** The domain that a conversion leads to. */
  public Domain other() {
    return this == INTENSITY ? EXPOSURE : INTENSITY;
  }

  /** {@code intensity} or {@code exposure}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
