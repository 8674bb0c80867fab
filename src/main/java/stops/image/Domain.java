package stops.image;

import java.util.Locale;

/** What the light samples of a file stand for. */
public enum Domain {
  /** Linear light; 0 is black. What a file holds that does not say otherwise. */
  INTENSITY,
  /** {@code log2} of linear light, in stops. */
  EXPOSURE;

  /** {@code intensity} or {@code exposure}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
