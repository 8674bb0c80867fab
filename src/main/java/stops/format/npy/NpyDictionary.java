package stops.format.npy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import stops.format.flat.InputFile;
import stops.image.ImageException;

/**
 * The Python dictionary of an NPY header, as NumPy and other programs write it: keys in any order,
 * either quote, long integers with an L.
 *
 * @param descr NumPy's name of the sample type
 * @param fortranOrder whether the first dimension is the fastest, not the last
 * @param shape length of the array in each dimension
 * @param comment the text behind a {@code #} after the dictionary, or an empty text
 */
record NpyDictionary(String descr, boolean fortranOrder, List<Long> shape, String comment) {

  static NpyDictionary parse(InputFile file, String text) throws ImageException {
    return new Parser(file, text).dictionary();
  }

  /** Reads a text from left to right. */
  private static final class Parser {
    private static final int MAX_DIMENSIONS = 64;

    private final InputFile file;
    private final String text;
    private int at;
    private @Nullable String descr;
    private @Nullable Boolean fortranOrder;
    private @Nullable List<Long> shape;

    Parser(InputFile file, String text) {
      this.file = file;
      this.text = text;
    }

    NpyDictionary dictionary() throws ImageException {
      expect('{');
      while (!accept('}')) {
        entry();
        if (!accept(',')) {
          expect('}');
          break;
        }
      }
      String comment = accept('#') ? text.substring(at).strip() : "";
      if (comment.isEmpty() && peek() != 0) {
        throw broken();
      }
      if (descr == null || fortranOrder == null || shape == null) {
        throw file.damaged("has an NPY header without descr, fortran_order or shape");
      }
      return new NpyDictionary(descr, fortranOrder, List.copyOf(shape), comment);
    }

    private void entry() throws ImageException {
      String key = string();
      expect(':');
      switch (key) {
        case "descr" -> descr = type();
        case "fortran_order" -> fortranOrder = truth();
        case "shape" -> shape = tuple();
        default -> throw file.damaged("has an NPY header with the unknown key " + shown(key));
      }
    }

    private String type() throws ImageException {
      if (peek() == '[') {
        throw file.damaged("is a structured array; Stops reads arrays of f2, f4 or f8");
      }
      return shown(string());
    }

    private static String shown(String text) {
      String safe = text.replaceAll("[^\\x20-\\x7e]", "?");
      return safe.length() > 40 ? safe.substring(0, 40) + "…" : safe;
    }

    private boolean truth() throws ImageException {
      peek();
      boolean value = text.startsWith("True", at);
      if (!value && !text.startsWith("False", at)) {
        throw broken();
      }
      at += value ? 4 : 5;
      return value;
    }

    private List<Long> tuple() throws ImageException {
      List<Long> numbers = new ArrayList<>();
      expect('(');
      while (!accept(')')) {
        if (numbers.size() == MAX_DIMENSIONS) {
          throw file.damaged("has more than " + MAX_DIMENSIONS + " dimensions");
        }
        numbers.add(number());
        if (!accept(',')) {
          expect(')');
          break;
        }
      }
      return numbers;
    }

    private long number() throws ImageException {
      peek();
      int start = at;
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        at++;
      }
      // 18 digits always fit; no file has more samples.
      if (at == start || at - start > 18) {
        throw broken();
      }
      long value = Long.parseLong(text.substring(start, at));
      accept('L');
      return value;
    }

    private String string() throws ImageException {
      char quote = peek();
      int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
      if (end < 0) {
        throw broken();
      }
      String string = text.substring(at + 1, end);
      at = end + 1;
      return string;
    }

    private void expect(char wanted) throws ImageException {
      if (!accept(wanted)) {
        throw broken();
      }
    }

    private boolean accept(char wanted) {
      if (peek() != wanted) {
        return false;
      }
      at++;
      return true;
    }

    /** The next character that is no space, or 0 at the end. */
    private char peek() {
      while (at < text.length() && " \t\r\n\f".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      return at < text.length() ? text.charAt(at) : 0;
    }

    private ImageException broken() {
      return file.damaged(
          "has an NPY header that is no Python dictionary, from its character " + at + " on");
    }
  }
}
