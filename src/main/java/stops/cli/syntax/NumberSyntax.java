package stops.cli.syntax;

/**
 * Numbers as users write them. It has no lambdas, reflection and libraries, so that it starts fast.
 */
public final class NumberSyntax {
  private NumberSyntax() {}

  /** Whether a word is a number, or begins like a negative one, as no option does. */
  public static boolean isMeantAsNumber(String text) {
    return text.length() > 1 && text.charAt(0) == '-' && "0123456789.".indexOf(text.charAt(1)) >= 0
        || isNumber(text);
  }

  /** Whether {@link #parse} can read it. */
  public static boolean isNumber(String text) {
    try {
      double unused = parse(text);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /**
   * The number that {@code text} is. Fractions are numbers, as are {@code inf} and {@code nan} in
   * upper or lower case.
   */
  public static double parse(String text) {
    int slash = text.indexOf('/');
    if (slash >= 0) {
      double denominator = Double.parseDouble(text.substring(slash + 1));
      if (denominator == 0) {
        throw new NumberFormatException("division by zero");
      }
      return Double.parseDouble(text.substring(0, slash)) / denominator;
    }
    boolean negative = text.startsWith("-");
    String bare = negative || text.startsWith("+") ? text.substring(1) : text;
    if (bare.equalsIgnoreCase("inf") || bare.equalsIgnoreCase("infinity")) {
      return negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return bare.equalsIgnoreCase("nan") ? Double.NaN : Double.parseDouble(text);
  }

  /** The message for a word that is no number. */
  public static String notANumber(String word) {
    boolean comma = word.indexOf(',') >= 0 && isNumber(word.replace(',', '.'));
    return "\""
        + word
        + "\" is not a number"
        + (comma ? ": it has a decimal comma; write " + word.replace(',', '.') : "");
  }
}
