package stops.opencl.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import stops.opencl.api.Answer;

/**
 * Reads the answers from the output of a {@link ProbeProcess}. Drivers may print any amount of
 * other text to the same stream, which is skipped. Confined to one thread.
 */
final class ProbeLines implements AutoCloseable {
  private static final byte[] START = DeviceProbe.PREFIX.getBytes(UTF_8);

  /** The most bytes of an answer, enough for a child with many devices. */
  private static final int MOST_BYTES = 1 << 24;

  /** The most answers of a child. A sound one gives one for each device. */
  private static final int MOST_LINES = 2 * Answer.MOST_OBJECTS;

  private final InputStream input;
  private final byte[] buffer = new byte[1 << 16];
  private int at;
  private int end;
  private int count;

  ProbeLines(InputStream input) {
    this.input = input;
  }

  /** The next answer; null at the end. */
  @Nullable String next() throws IOException {
    while (true) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      int length = 0;
      boolean answer = true;
      int next = read();
      if (next < 0) {
        return null;
      }
      for (; next >= 0 && next != '\n'; next = read()) {
        answer &= length < MOST_BYTES && (length >= START.length || next == START[length]);
        if (answer) {
          line.write(next);
          length++;
        }
      }
      if (answer && length >= START.length && count++ < MOST_LINES) {
        return line.toString(UTF_8);
      }
    }
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
