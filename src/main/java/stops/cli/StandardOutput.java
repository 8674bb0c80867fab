package stops.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * The process's standard output, which knows why it could not be written. A {@link PrintStream}
 * alone only knows that.
 */
final class StandardOutput extends OutputStream {
  private static final int BUFFER_BYTES = 8192;

  private final OutputStream file = new FileOutputStream(FileDescriptor.out);
  private @Nullable String failure;

  private StandardOutput() {}

  /** Makes it {@link System#out}. */
  static StandardOutput takeUp() {
    StandardOutput output = new StandardOutput();
    System.setOut(
        new PrintStream(
            new BufferedOutputStream(output, BUFFER_BYTES), false, System.out.charset()));
    return output;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      file.write(bytes, offset, length);
    } catch (IOException e) {
      if (failure == null) {
        failure = String.valueOf(e.getMessage());
      }
      throw e;
    }
  }

  /** Writes what is left, and returns the exit status: another one if the results got lost. */
  int finish(int status) {
    System.out.flush();
    if (failure == null) {
      return status;
    }
    System.err.println("stops: standard output cannot be written: " + failure);
    return status == ExitStatus.DONE ? ExitStatus.OUTPUT : status;
  }
}
