package stops.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import stops.Command;

/** Signals to processes. */
final class Signals {
  private Signals() {}

  /**
   * Sends the signal {@code name}: STOP freezes a process, and CONT lets it go on. One that has
   * ended hears nothing.
   */
  static void send(String name, Process process) throws Exception {
    assertFalse(
        name.equals("INT") && ignoresInterrupts(process),
        "it ignores SIGINT, as its parent does: start it with Program.interruptible");
    Command.Result unused = Command.of("kill", "-" + name, process.pid() + "").run();
  }

  /** Whether a process has inherited that SIGINT is ignored, as from {@code nohup COMMAND &}. */
  private static boolean ignoresInterrupts(Process process) throws Exception {
    Path status = Path.of("/proc", process.pid() + "", "status");
    if (!Files.isReadable(status)) {
      return false;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
  }
}
