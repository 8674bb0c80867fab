package stops.convert;

/**
 * A pattern in which {@code *} stands for any text and {@code ?} for any character.
 *
 * <p>Matching takes at most as many steps as the product of both lengths. A regular expression with
 * several {@code .*} can take more than a lifetime for a name that someone chose for that.
 *
 * @param text the pattern as the user wrote it
 */
record Glob(String text) {

  /** Whether {@code text} has one of the two signs. */
  boolean isPattern() {
    return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
  }

  /** Whether the whole of {@code name} matches. */
  boolean matches(String name) {
    int at = 0;
    int inPattern = 0;
    int star = -1;
    int starAt = 0;
    while (at < name.length()) {
      char sign = inPattern < text.length() ? text.charAt(inPattern) : 0;
      if (inPattern < text.length() && sign == '*') {
        star = inPattern++;
        starAt = at;
      } else if (inPattern < text.length() && (sign == '?' || sign == name.charAt(at))) {
        inPattern++;
        at++;
      } else if (star >= 0) {
        // The last star takes one character more. What earlier stars take need never change.
        inPattern = star + 1;
        at = ++starAt;
      } else {
        return false;
      }
    }
    while (inPattern < text.length() && text.charAt(inPattern) == '*') {
      inPattern++;
    }
    return inPattern == text.length();
  }
}
