package stops.ev;

/** The settings of a camera that have an effect on exposure. */
public enum SettingKind {
  /** The time that the shutter is open, in seconds. */
  SHUTTER(
      "shutter",
      "a time above 0",
      "write seconds, such as 1/250, 0.5 or 2s, or an angle and frames a second, such as 180@24"),

  /** The f-number: focal length divided by the diameter of the entrance pupil. */
  APERTURE("aperture", "an f-number above 0", "write one such as 5.6 or f/5.6"),

  /** The ISO arithmetic speed. */
  ISO("ISO", "a speed above 0", "write one such as 100 or ISO100"),

  /** The optical density of a neutral density filter: it passes 10^−density of the light. */
  DENSITY("ND", "a density from 0 to less than 8", "write one such as 0.9, which is three stops");

  /** Beyond any camera, and far from where products of settings overflow. */
  private static final double LEAST = 1e-30;

  private static final double GREATEST = 1e30;

  /** Denser filters are not made. Factors such as the 8 of an ND8 are. */
  static final double DENSITY_LIMIT = 8;

  private final String word;
  private final String noun;
  private final String advice;

  SettingKind(String word, String noun, String advice) {
    this.word = word;
    this.noun = noun;
    this.advice = advice;
  }

  /** The name in texts for people. */
  public String word() {
    return word;
  }

  /** What a value is, for messages. */
  String noun() {
    return noun;
  }

  /** How a value is written, for messages. */
  String advice() {
    return advice;
  }

  /** How many stops of light a doubled value lets in: +1, or −2 for the f-number. */
  int stopsOfDouble() {
    return this == APERTURE ? -2 : 1;
  }

  /**
   * Checks a value.
   *
   * @param name what has the value, for the message
   * @param written the value as the user or the file has it
   * @throws IllegalArgumentException if it is out of range. The message is one line
   */
  void check(String name, double value, String written) {
    if (this == DENSITY) {
      if (!(value >= 0 && value < DENSITY_LIMIT)) {
        throw new IllegalArgumentException(
            name
                + " is "
                + written
                + ", not "
                + noun
                + "; a filter that passes 1/8 of the light has the density 0.9");
      }
      return;
    }
    if (!(value > 0)) {
      throw new IllegalArgumentException(name + " is " + written + ", not " + noun);
    }
    if (value < LEAST || value > GREATEST) {
      throw new IllegalArgumentException(
          name + " is " + written + ", beyond what any camera has (1e-30 to 1e30)");
    }
  }
}
