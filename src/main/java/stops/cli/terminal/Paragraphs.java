package stops.cli.terminal;

/**
 * Text for a terminal of a certain width. A word is never broken, even if it is wider than that.
 */
public final class Paragraphs {
  /** Where the second column of entries begins on terminals that have room for two. */
  private static final int SECOND_COLUMN = 24;

  private static final int TWO_COLUMNS_FROM = 56;
  private static final int WIDEST = 100;

  private final int width;
  private final StringBuilder out = new StringBuilder();

  /** Text of lines shorter than {@code columns}; some terminals wrap a full line. */
  public Paragraphs(int columns) {
    width = Math.min(columns, WIDEST) - 1;
  }

  /** Adds an empty line. */
  public void blank() {
    out.append('\n');
  }

  /** Adds a paragraph, with indents in columns for its first line and for the others. */
  public void add(int firstIndent, int indent, String text) {
    line(" ".repeat(firstIndent), indent, text);
  }

  /** Adds a heading, and its description beside it or below. */
  public void entry(String heading, String description) {
    if (width < TWO_COLUMNS_FROM) {
      add(0, 2, heading);
      add(2, 2, description);
    } else if (heading.length() + 4 > SECOND_COLUMN) {
      add(2, 4, heading);
      add(SECOND_COLUMN, SECOND_COLUMN, description);
    } else {
      line(
          "  " + heading + " ".repeat(SECOND_COLUMN - 2 - heading.length()),
          SECOND_COLUMN,
          description);
    }
  }

  private void line(String begin, int indent, String text) {
    StringBuilder line = new StringBuilder(begin);
    boolean empty = true;
    for (String word : text.split(" +", -1)) {
      if (!empty && line.length() + 1 + word.length() > width) {
        out.append(line).append('\n');
        line.setLength(0);
        line.append(" ".repeat(indent));
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    out.append(line).append('\n');
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
