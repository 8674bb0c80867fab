package stops.opencl.trial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.junit.jupiter.api.Test;
import stops.opencl.api.Answer;

/** Answers are found in any other output of drivers, of which nothing is kept. */
final class ProbeLinesTest {
  private static ProbeLines of(String text) {
    return new ProbeLines(new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  @Test
  void onlyAnswersAreTaken() throws Exception {
    try (ProbeLines lines = of("x\n\nstops-prob\nstops-probe a ü\n stops-probe b\nstops-probe c")) {
      assertEquals("stops-probe a ü", lines.next());
      assertEquals("stops-probe c", lines.next());
      assertNull(lines.next());
    }
  }

  @Test
  void linesWithoutEndAreForgottenAsTheyCome() throws Exception {
    InputStream endless = new Repeated(3L << 30, 'x');
    try (ProbeLines lines =
        new ProbeLines(
            new SequenceInputStream(
                endless, new ByteArrayInputStream("\nstops-probe a\n".getBytes(UTF_8))))) {
      assertEquals("stops-probe a", lines.next());
    }
  }

  @Test
  void answersBeyondAllMeasureAreForgotten() throws Exception {
    try (ProbeLines lines = of("stops-probe " + "x".repeat(1 << 24) + "\nstops-probe a\n")) {
      assertEquals("stops-probe a", lines.next());
    }
    try (ProbeLines lines = of("stops-probe a\n".repeat(100_000))) {
      int count = 0;
      while (lines.next() != null) {
        count++;
      }
      assertEquals(2 * Answer.MOST_OBJECTS, count);
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
