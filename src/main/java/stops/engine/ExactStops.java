package stops.engine;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of stops, exactly: a fraction of whole numbers. Immutable and thread-safe. Equal numbers
 * are equal objects.
 *
 * <p>API: programs that use Stops may rely on it.
 */
public final class ExactStops {
  /** No stops. */
  public static final ExactStops ZERO = new ExactStops(BigInteger.ZERO, BigInteger.ONE);

  /** The longest text that is read. A number of so many digits is of no use. */
  private static final int MOST_CHARS = 1200;

  /** The greatest power of ten in a text, so that no number is too large to compute with. */
  private static final int MOST_TENS = 400;

  private static final String DECIMAL = "(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d{1,4})?";

  /** A decimal, a fraction, or one and the other with a sign between them. */
  private static final Pattern FORM =
      Pattern.compile("([+-]?)(?:(" + DECIMAL + ")(?:([+-])(\\d+)/(\\d+))?|(\\d+)/(\\d+))");

  /** From this length on, zeros are not counted by eye any more. */
  private static final int LONG_CHARS = 24;

  private final BigInteger numerator;
  private final BigInteger denominator;

  private ExactStops(BigInteger numerator, BigInteger denominator) {
    BigInteger divisor = numerator.gcd(denominator);
    this.numerator = numerator.divide(divisor);
    this.denominator = denominator.divide(divisor);
  }

  /**
   * The number that a text such as {@code +1}, {@code -2/3}, {@code 1+1/3} or {@code 0.97} stands
   * for. The sign of {@code -1+1/3} belongs to the 1; {@code -1-1/3} is minus four thirds.
   *
   * @throws NumberFormatException if the text is nothing of the kind; the message is one line
   */
  public static ExactStops parse(String text) {
    // The minus sign of typography comes along when text is copied.
    String plain = text.strip().replace('\u2212', '-');
    Matcher form = FORM.matcher(plain);
    if (plain.length() > MOST_CHARS || !form.matches()) {
      throw new NumberFormatException(
          String.format(
              Locale.ROOT,
              "'%s' is no number of stops such as +1, -2/3, 1+1/3 or 0.97",
              text.length() > 80 ? text.substring(0, 80) + "..." : text));
    }
    boolean negative = form.group(1).equals("-");
    if (form.group(2) == null) {
      ExactStops fraction = fraction(form.group(6), form.group(7));
      return negative ? fraction.negate() : fraction;
    }
    ExactStops decimal = of(decimal(form.group(2)));
    ExactStops sum = negative ? decimal.negate() : decimal;
    if (form.group(3) == null) {
      return sum;
    }
    ExactStops fraction = fraction(form.group(4), form.group(5));
    return sum.plus(form.group(3).equals("-") ? fraction.negate() : fraction);
  }

  private static BigDecimal decimal(String text) {
    BigDecimal decimal = new BigDecimal(text);
    if (Math.abs((long) decimal.scale()) > MOST_TENS) {
      throw new NumberFormatException("'" + text + "' is out of every range of stops");
    }
    return decimal;
  }

  private static ExactStops fraction(String numerator, String denominator) {
    BigInteger divisor = new BigInteger(denominator);
    if (divisor.signum() == 0) {
      throw new NumberFormatException("'" + numerator + "/0' is no number: it divides by zero");
    }
    return new ExactStops(new BigInteger(numerator), divisor);
  }

  /** The value of a decimal number. */
  public static ExactStops of(BigDecimal decimal) {
    return decimal.scale() > 0
        ? new ExactStops(decimal.unscaledValue(), BigInteger.TEN.pow(decimal.scale()))
        : new ExactStops(decimal.toBigIntegerExact(), BigInteger.ONE);
  }

  /**
   * The value of a double, exactly.
   *
   * @throws NumberFormatException if it is not finite
   */
  public static ExactStops of(double stops) {
    return of(new BigDecimal(stops));
  }

  /** The sum of both. */
  public ExactStops plus(ExactStops other) {
    return new ExactStops(
        numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
        denominator.multiply(other.denominator));
  }

  /** The same number with the other sign. */
  public ExactStops negate() {
    return new ExactStops(numerator.negate(), denominator);
  }

  /** −1, 0 or 1, as the number is negative, zero or positive. */
  public int signum() {
    return numerator.signum();
  }

  /** Whether it is a whole number of stops. */
  public boolean isWhole() {
    return denominator.equals(BigInteger.ONE);
  }

  /**
   * The nearest double.
   *
   * @throws ArithmeticException if it is beyond all doubles
   */
  public double high() {
    double high = quotient(BigDecimal.ZERO);
    if (!Double.isFinite(high)) {
      throw new ArithmeticException(this + " stops are too many for a double");
    }
    return high;
  }

  /** The double that is nearest to what is left after {@link #high}. */
  public double low() {
    return quotient(new BigDecimal(high()));
  }

  /** The double that is nearest to this number less {@code part}. */
  private double quotient(BigDecimal part) {
    BigDecimal rest =
        new BigDecimal(numerator).subtract(part.multiply(new BigDecimal(denominator)));
    // 60 digits are far more than a double has, so that they are rounded to the nearest one. A
    // quotient that ends is not rounded at all.
    return rest.divide(new BigDecimal(denominator), new MathContext(60)).doubleValue();
  }

  /**
   * The number, such that {@link #parse} gives it again: {@code 0}, {@code +1.5}, {@code -1/3},
   * {@code +1+1/3}, {@code +1e40}.
   */
  @Override
  public String toString() {
    if (numerator.signum() == 0) {
      return "0";
    }
    String sign = numerator.signum() < 0 ? "-" : "+";
    BigInteger magnitude = numerator.abs();
    BigInteger rest = denominator;
    while (rest.mod(BigInteger.TWO).signum() == 0) {
      rest = rest.shiftRight(1);
    }
    BigInteger five = BigInteger.valueOf(5);
    while (rest.mod(five).signum() == 0) {
      rest = rest.divide(five);
    }
    if (rest.equals(BigInteger.ONE)) {
      return sign + text(new BigDecimal(magnitude).divide(new BigDecimal(denominator)));
    }
    BigInteger[] parts = magnitude.divideAndRemainder(denominator);
    String whole = parts[0].signum() == 0 ? "" : sign + parts[0];
    return whole + sign + parts[1] + "/" + denominator;
  }

  /** All digits of a decimal number, or its digits and a power of ten where that is far shorter. */
  private static String text(BigDecimal number) {
    String plain = number.toPlainString();
    BigDecimal digits = number.stripTrailingZeros();
    String power = digits.unscaledValue() + "e" + -digits.scale();
    boolean farShorter = plain.length() > LONG_CHARS && power.length() < plain.length() / 2;
    return farShorter && Math.abs((long) digits.scale()) <= MOST_TENS ? power : plain;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ExactStops that
        && numerator.equals(that.numerator)
        && denominator.equals(that.denominator);
  }

  @Override
  public int hashCode() {
    return 31 * numerator.hashCode() + denominator.hashCode();
  }
}
