package stops.opencl.trial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers are found in any other output of drivers, of which nothing is kept. */
final class ProbeLinesTest {
  private static final String PREFIX = "stops-probe 7 ";

  private static ProbeLines of(InputStream stream) {
    return new ProbeLines(stream, PREFIX);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  @Test
  void onlyAnswersAreTaken() throws Exception {
    String text = "x\n\nstops-prob\nstops-probe 7 a ü\n stops-probe 7 b\nstops-probe 7 c";
    try (ProbeLines lines = of(stream(text))) {
      assertEquals("a ü", lines.next());
      assertEquals("c", lines.next());
      assertNull(lines.next());
    }
  }

  @Test
  void answersThatDoNotKnowTheWordAreNone() throws Exception {
    String text = "stops-probe a\nstops-probe 8 b\nstops-probe 7\nstops-probe 7 c\n";
    try (ProbeLines lines = of(stream(text))) {
      assertEquals("c", lines.next());
      assertNull(lines.next());
    }
  }

  @Test
  void muchOtherTextIsSkipped() throws Exception {
    InputStream other = new Repeated(1 << 19, 'x');
    InputStream answer = stream("\nstops-probe 7 a\n");
    try (ProbeLines lines = of(new SequenceInputStream(other, answer))) {
      assertEquals("a", lines.next());
    }
  }

  @ParameterizedTest
  @ValueSource(chars = {'x', '\n', '\0'})
  void otherTextWithoutEndIsTooMuch(char character) throws Exception {
    InputStream endless = new Repeated(3L << 30, character);
    try (ProbeLines lines = of(endless)) {
      assertThrows(ProbeLines.TooMuchText.class, lines::next);
    }
  }

  @Test
  void answersWithoutEndAreTooMuch() throws Exception {
    InputStream endless = new Repeated(3L << 30, 'x');
    try (ProbeLines lines = of(new SequenceInputStream(stream(PREFIX), endless))) {
      assertThrows(ProbeLines.TooMuchText.class, lines::next);
    }
    try (ProbeLines lines = of(stream((PREFIX + "x".repeat(1000) + "\n").repeat(20_000)))) {
      assertThrows(
          ProbeLines.TooMuchText.class,
          () -> {
            while (lines.next() != null) {}
          });
    }
  }

  /** A stream that repeats one byte a given number of times. */
  private static final class Repeated extends InputStream {
    private final byte value;
    private long left;

    Repeated(long bytes, char value) {
      this.left = bytes;
      this.value = (byte) value;
    }

    @Override
    public int read() {
      return left-- > 0 ? value : -1;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      int count = (int) Math.min(left, length);
      java.util.Arrays.fill(to, offset, offset + count, value);
      left -= count;
      return count == 0 ? -1 : count;
    }
  }
}
