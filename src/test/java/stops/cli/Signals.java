package stops.cli;

import stops.Command;

/** Signals to processes. */
final class Signals {
  private Signals() {}

  /**
   * Sends the signal {@code name}: STOP freezes a process, and CONT lets it go on. One that has
   * ended hears nothing.
   */
  static void send(String name, Process process) throws Exception {
    Command.Result unused = Command.of("kill", "-" + name, process.pid() + "").run();
  }
}
