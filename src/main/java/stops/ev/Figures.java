package stops.ev;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Shows numbers of settings and stops. The same in every locale. */
public final class Figures {
  private static final int STOPS_DECIMALS = 4;
  private static final int DIGITS = 6;
  private static final double LEAST_PLAIN = 1e-6;
  private static final double GREATEST_PLAIN = 1e15;

  private Figures() {}

  /** All digits of a number that is above 0, without an empty fraction: {@code 8}, {@code 0.3}. */
  public static String plain(double number) {
    return trimmed(new BigDecimal(Double.toString(number)));
  }

  /** Six digits of a number: {@code 4096}, {@code 0.00390625}. */
  public static String rounded(double number) {
    return trimmed(new BigDecimal(number).round(new MathContext(DIGITS, RoundingMode.HALF_EVEN)));
  }

  /** Stops with at most four decimals: {@code 12.9069}. */
  public static String stops(double stops) {
    return trimmed(new BigDecimal(stops).setScale(STOPS_DECIMALS, RoundingMode.HALF_EVEN));
  }

  /** A difference in stops, with its sign: {@code +1}, {@code -0.3333}, {@code 0}. */
  public static String difference(double stops) {
    String text = stops(stops);
    return text.startsWith("-") || text.equals("0") ? text : "+" + text;
  }

  private static String trimmed(BigDecimal number) {
    if (number.signum() == 0) {
      return "0";
    }
    double size = Math.abs(number.doubleValue());
    BigDecimal bare = number.stripTrailingZeros();
    return size < LEAST_PLAIN || size >= GREATEST_PLAIN
        ? bare.toString().replace("E+", "e").replace('E', 'e')
        : bare.toPlainString();
  }
}
