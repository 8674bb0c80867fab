package stops.tween;

import java.util.Locale;

/** The way of a curve from a key to the next one. */
public enum Ease {
  /** Evenly. */
  LINEAR,
  /** Evenly at first sight, but without a corner at the keys. */
  SMOOTH,
  /** Not at all; the curve jumps at the next key. */
  HOLD;

  /**
   * The ease of that name.
   *
   * @throws IllegalArgumentException if there is none; the message is one line
   */
  public static Ease of(String name) {
    for (Ease ease : values()) {
      if (ease.toString().equals(name.strip().toLowerCase(Locale.ROOT))) {
        return ease;
      }
    }
    throw new IllegalArgumentException(
        String.format(Locale.ROOT, "'%s' is not one of linear, smooth, hold", name));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
