package stops.ev;

/**
 * The exposure value of settings: {@code EV = log2(N² / t)}, with the f-number {@code N} and the
 * shutter time {@code t} in seconds. It says nothing of light before an ISO is chosen: see {@link
 * Ev100}. Immutable.
 *
 * <p>Source: ISO 2720:1974.
 *
 * <p>API: programs that use Stops may rely on it.
 *
 * @param stops the exposure value, in stops; finite
 */
public record Ev(double stops) {

  /** Checks that it is finite. */
  public Ev {
    if (!Double.isFinite(stops)) {
      throw new IllegalArgumentException("EV " + stops + " is not a finite number of stops");
    }
  }

  /**
   * The light level that these settings expose correctly.
   *
   * @param iso ISO arithmetic speed, above 0
   */
  public Ev100 at(double iso) {
    SettingKind.ISO.check(SettingKind.ISO.word(), iso, Double.toString(iso));
    return new Ev100(stops - Power.of(iso).over(Power.of(100)).log2());
  }

  /** The exposure value with four decimals, such as {@code EV 12.9069}. */
  @Override
  public String toString() {
    return "EV " + Figures.stops(stops);
  }
}
