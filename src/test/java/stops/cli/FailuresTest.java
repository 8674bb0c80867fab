package stops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.util.List;
import org.junit.jupiter.api.Test;
import stops.cli.terminal.ExitStatus;
import stops.cli.terminal.Failures;

/** Whatever ends a command is a line that says what to do. */
class FailuresTest {

  private static void is(String words, Throwable failure) {
    String message = Failures.message(failure);
    assertTrue(message.contains(words), message);
    assertEquals(1, message.lines().count(), message);
    assertFalse(message.contains("unexpectedly"), message);
    assertEquals(ExitStatus.INPUT, Failures.status(failure));
  }

  @Test
  void lackOfMemorySaysWhatHelps() {
    OutOfMemoryError lack = new OutOfMemoryError("Java heap space");
    for (Throwable failure :
        List.of(
            lack,
            new IllegalStateException(lack),
            new NoClassDefFoundError("Could not initialize class stops.cpu.Tables")
                .initCause(new ExceptionInInitializerError(String.valueOf(lack))))) {
      is("give Java more with STOPS_JAVA_OPTS=-Xmx4g, or use fewer --threads", failure);
    }
    is(
        "use fewer with --threads",
        new OutOfMemoryError("unable to create native thread: possibly out of memory"));
    is("-Xss64m", new IllegalStateException(new StackOverflowError()));
  }

  @Test
  void errorsOfTheDiskAreToldInTheirOwnWords() {
    IOException error = new IOException("Input/output\nerror");
    is("a file cannot be read or written: Input/output error", error);
    is("a file cannot be read or written: Input/output error", new UncheckedIOException(error));
    is("a folder cannot be listed: Input/output error", new DirectoryIteratorException(error));
  }

  @Test
  void onlyWhatNobodyThoughtOfIsUnexpected() {
    String message = Failures.message(new IllegalStateException("one\r\n two"));
    assertEquals(
        "failed unexpectedly: java.lang.IllegalStateException: one two; run it with --debug and report it",
        message);
  }
}
