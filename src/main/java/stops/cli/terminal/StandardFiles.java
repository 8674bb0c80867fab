package stops.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import stops.image.ImageException;

/**
 * Standard input and output in the place of files, written {@code -}. Pictures are read and written
 * in any order, and a pipe is not. Therefore they lie in temporary files meanwhile, in the folder
 * that {@code TMPDIR} names, else in the system's.
 */
public final class StandardFiles implements AutoCloseable {
  private static final String DASH = "-";
  private static final String INPUT = "input";
  private static final String OUTPUT = "output";

  private final Path folder;
  private @Nullable Path place;
  private @Nullable Path input;
  private @Nullable Path output;

  public StandardFiles() {
    String given = System.getenv("TMPDIR");
    folder =
        Path.of(
            given == null || given.isEmpty()
                ? System.getProperty("java.io.tmpdir", "/tmp")
                : given);
  }

  /** Whether a name stands for standard input or output. */
  public static boolean isStandard(Path given) {
    return given.toString().equals(DASH);
  }

  /** The file to read for {@code given}: itself, or a copy of standard input. */
  public Path input(Path given) throws ImageException {
    if (!isStandard(given)) {
      return given;
    }
    Path copy = place().resolve(INPUT);
    input = copy;
    long bytes;
    try (InputStream in = new FileInputStream(FileDescriptor.in);
        OutputStream out = Files.newOutputStream(copy)) {
      bytes = copy(in, out);
    } catch (ReadFailure e) {
      throw told(ImageException.input(copy, "cannot be read: " + e.getMessage(), e));
    } catch (IOException e) {
      throw noPlace(e);
    }
    if (bytes == 0) {
      throw told(ImageException.input(copy, "is empty; there is nothing to read"));
    }
    return copy;
  }

  /**
   * The file to write for {@code given}: itself, or one that {@link #deliver} copies to standard
   * output.
   */
  public Path output(Path given) throws ImageException, UsageException {
    if (!isStandard(given)) {
      return given;
    }
    if (Terminal.hasOutput()) {
      throw new UsageException("standard output is a terminal; send it to a file or a program");
    }
    output = place().resolve(OUTPUT);
    return output;
  }

  /** Copies the file that was written for standard output to it. */
  public void deliver() throws ImageException {
    Path written = output;
    if (written == null) {
      return;
    }
    try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
      long unused = Files.copy(written, out);
    } catch (IOException e) {
      throw told(ImageException.output(written, "cannot be written: " + e.getMessage(), e));
    }
  }

  /** A text, with the names that the user knows instead of temporary ones. */
  public String told(String text) {
    String told = text;
    if (input != null) {
      told = told.replace(input.toString(), "standard input");
    }
    return output == null ? told : told.replace(output.toString(), "standard output");
  }

  /** An error, with the names that the user knows. */
  public ImageException told(ImageException failure) {
    return failure.saying(told(String.valueOf(failure.getMessage())));
  }

  private Path place() throws ImageException {
    try {
      if (place == null) {
        place = Files.createTempDirectory(folder, "stops-");
      }
      return place;
    } catch (IOException e) {
      throw noPlace(e);
    }
  }

  private ImageException noPlace(IOException e) {
    return ImageException.output(
        folder,
        String.format(
            Locale.ROOT,
            "has no place for what standard input and output hold (%s); set TMPDIR to a folder that has",
            e instanceof NoSuchFileException ? "there is no such folder" : e.getMessage()),
        e);
  }

  /** A failure to read, unlike one to write. */
  private static final class ReadFailure extends IOException {
    private static final long serialVersionUID = 1;

    ReadFailure(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  private static long copy(InputStream in, OutputStream out) throws IOException {
    byte[] piece = new byte[1 << 20];
    long bytes = 0;
    while (true) {
      int read;
      try {
        read = in.read(piece);
      } catch (IOException e) {
        throw new ReadFailure(e);
      }
      if (read < 0) {
        return bytes;
      }
      out.write(piece, 0, read);
      bytes += read;
    }
  }

  /** Removes the temporary files. */
  @Override
  public void close() {
    if (place == null) {
      return;
    }
    try {
      for (Path file : new Path[] {place.resolve(INPUT), place.resolve(OUTPUT), place}) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      Console.say("stops: warning: " + place + " cannot be removed: " + e.getMessage());
    }
  }
}
