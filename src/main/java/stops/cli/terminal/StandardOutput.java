package stops.cli.terminal;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * The process's standard output. It knows the reason of a failed write; a {@link PrintStream} alone
 * only knows that one failed.
 */
public final class StandardOutput extends OutputStream {
  private static final int BUFFER_BYTES = 8192;

  private final OutputStream file = new FileOutputStream(FileDescriptor.out);
  private @Nullable String failure;

  private StandardOutput() {}

  /** Replaces {@link System#out}. */
  public static StandardOutput takeUp() {
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

  /** Writes the rest of the buffer. Returns {@code status}, or OUTPUT if results were lost. */
  public int finish(int status) {
    System.out.flush();
    if (failure == null) {
      return status;
    }
    Console.say("stops: standard output cannot be written: " + failure);
    return status == ExitStatus.DONE ? ExitStatus.OUTPUT : status;
  }
}
