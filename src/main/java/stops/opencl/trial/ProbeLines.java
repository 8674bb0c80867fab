package stops.opencl.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import stops.opencl.api.DriverText;

/**
 * Reads the answers from the output of a {@link ProbeProcess}. Drivers may print other text to the
 * same stream. It is skipped, but not without end. Confined to one thread.
 */
final class ProbeLines implements AutoCloseable {
  /** The most bytes of all answers together, enough for a child with many devices. */
  static final int MOST_ANSWER_BYTES = 1 << 24;

  /** The most bytes of other text. */
  static final int MOST_OTHER_BYTES = 1 << 20;

  /** The most characters that are shown of what is too much. */
  private static final int SHOWN_CHARS = 60;

  private final InputStream input;
  private final byte[] start;
  private final byte[] buffer = new byte[1 << 16];
  private int at;
  private int end;
  private long answerBytes;
  private long otherBytes;

  /** A reader of the lines of {@code input} that begin with {@code prefix}. */
  ProbeLines(InputStream input, String prefix) {
    this.input = input;
    this.start = prefix.getBytes(UTF_8);
  }

  /** Signals that the process printed more than any sound one. */
  static final class TooMuchText extends Exception {
    private static final long serialVersionUID = 1;

    TooMuchText(long bytes, String end) {
      super(String.format(Locale.ROOT, "printed more than %d bytes%s", bytes, end));
    }
  }

  /** The next answer without its prefix; null at the end. */
  @Nullable String next() throws IOException, TooMuchText {
    while (true) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      int matched = 0;
      boolean answer = true;
      int next = read();
      if (next < 0) {
        return null;
      }
      for (; next >= 0 && next != '\n'; next = read()) {
        if (answer && matched < start.length) {
          answer = next == start[matched];
          matched += answer ? 1 : 0;
        } else if (answer) {
          line.write(next);
          if (++answerBytes > MOST_ANSWER_BYTES) {
            throw tooMuch(MOST_ANSWER_BYTES);
          }
          continue;
        }
        countOther();
      }
      if (answer && matched == start.length) {
        otherBytes -= matched;
        return line.toString(UTF_8);
      }
      countOther();
    }
  }

  private void countOther() throws TooMuchText {
    if (++otherBytes > MOST_OTHER_BYTES) {
      throw tooMuch(MOST_OTHER_BYTES);
    }
  }

  private TooMuchText tooMuch(int most) {
    int start = Math.max(0, at - SHOWN_CHARS);
    String text = DriverText.printable(new String(buffer, start, at - start, UTF_8));
    return new TooMuchText(most, text.isEmpty() ? "" : ", at last '" + text + "'");
  }

  /** The next byte; −1 at the end. */
  private int read() throws IOException {
    if (at == end) {
      at = 0;
      end = Math.max(0, input.read(buffer));
      if (end == 0) {
        return -1;
      }
    }
    return buffer[at++] & 0xff;
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
