package stops.format.pfm;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import stops.format.flat.InputFile;
import stops.image.ImageException;

/**
 * The header of a PFM file, which is text: {@code PF} for R, G, B or {@code Pf} for Y, width,
 * height, and a factor of all samples. The sign of the factor is the byte order; negative is
 * little-endian. One white-space character separates the header from the samples.
 *
 * @param channels 3 or 1
 * @param width pixels in a row, 1 or more
 * @param height rows, 1 or more
 * @param order byte order of the samples
 * @param scale factor of all samples, finite and more than 0
 * @param comments lines that begin with a hash
 * @param bytes size of the header, which is the offset of the samples
 */
record PfmHeader(
    int channels,
    int width,
    int height,
    ByteOrder order,
    float scale,
    List<String> comments,
    long bytes) {
  private static final int MAX_BYTES = 4096;

  static PfmHeader read(InputFile file) throws ImageException {
    return new Parser(file, file.copyHead(MAX_BYTES)).header();
  }

  static byte[] write(int channels, long width, long height) {
    String kind = channels == 1 ? "Pf" : "PF";
    return (kind + "\n" + width + " " + height + "\n-1.0\n").getBytes(StandardCharsets.US_ASCII);
  }

  /** Reads words from left to right. */
  private static final class Parser {
    private static final int MAX_WORD = 64;

    private final InputFile file;
    private final byte[] head;
    private final List<String> comments = new ArrayList<>();
    private int at;

    Parser(InputFile file, byte[] head) {
      this.file = file;
      this.head = head;
    }

    PfmHeader header() throws ImageException {
      String kind = word("PF or Pf");
      if (!kind.equals("PF") && !kind.equals("Pf")) {
        throw file.damaged("is no PFM file: it does not begin with PF or Pf");
      }
      int width = size("width");
      int height = size("height");
      float scale = scale();
      int channels = kind.equals("Pf") ? 1 : 3;
      at++;
      long samples = (long) width * height * channels;
      // Some writers end lines with two characters. A file that is complete without the second one
      // begins its samples with it.
      if (samples < Long.MAX_VALUE / 4
          && head[at - 1] == '\r'
          && at < head.length
          && head[at] == '\n'
          && file.size() != at + samples * 4) {
        at++;
      }
      ByteOrder order = scale < 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
      return new PfmHeader(
          channels, width, height, order, Math.abs(scale), List.copyOf(comments), at);
    }

    private int size(String what) throws ImageException {
      int start = at;
      String word = word(what);
      try {
        int size = Integer.parseInt(word);
        if (size > 0) {
          return size;
        }
      } catch (NumberFormatException e) {
        // Said below.
      }
      throw file.damaged(String.format(Locale.ROOT, "has no %s over 0 at offset %d", what, start));
    }

    private float scale() throws ImageException {
      int start = at;
      String word = word("scale").toLowerCase(Locale.ROOT);
      if (word.matches("[-+]?[0-9]*\\.?[0-9]*(e[-+]?[0-9]+)?") && word.matches(".*[0-9].*")) {
        try {
          float scale = Float.parseFloat(word);
          if (scale != 0 && Float.isFinite(scale)) {
            return scale;
          }
        } catch (NumberFormatException e) {
          // Said below.
        }
      }
      throw file.damaged("has no finite scale other than 0 at offset " + start);
    }

    /** The next word; {@link #at} is then at the white space behind it. */
    private String word(String what) throws ImageException {
      skipSpaceAndComments();
      int start = at;
      while (at < head.length && !isSpace(head[at]) && at - start <= MAX_WORD) {
        at++;
      }
      if (at == start || at >= head.length || !isSpace(head[at])) {
        throw file.damaged(
            String.format(Locale.ROOT, "has no %s in its PFM header at offset %d", what, start));
      }
      return new String(head, start, at - start, StandardCharsets.ISO_8859_1);
    }

    /** Skips comments too. The format has none, but there are programs that write some. */
    private void skipSpaceAndComments() {
      while (at < head.length && (isSpace(head[at]) || head[at] == '#')) {
        if (head[at] == '#') {
          skipComment();
        } else {
          at++;
        }
      }
    }

    private void skipComment() {
      int start = at;
      while (at < head.length && head[at] != '\n') {
        at++;
      }
      comments.add(new String(head, start, at - start, StandardCharsets.ISO_8859_1).strip());
    }

    private static boolean isSpace(byte character) {
      return character == ' ' || (character >= '\t' && character <= '\r');
    }
  }
}
