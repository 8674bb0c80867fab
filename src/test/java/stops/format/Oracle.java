package stops.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Another program that reads or writes the same formats, to compare with. */
final class Oracle {
  private Oracle() {}

  /** Skips the test where the command does not run, or fails it with stops.requireOracles. */
  static void require(String... command) {
    boolean there;
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      there = process.waitFor() == 0;
    } catch (IOException | InterruptedException e) {
      there = false;
    }
    if (Boolean.getBoolean("stops.requireOracles")) {
      assertTrue(there, "does not run: " + String.join(" ", command));
    }
    assumeTrue(there, "does not run: " + String.join(" ", command));
  }

  /** What the command prints. It must succeed. */
  static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), List.of(command) + ": " + text);
    return text;
  }
}
