package stops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;

/** Runs lines of shell scripts in which {@code $0} is the packaged program. */
final class Shell {
  private final Path folder;

  Shell(Path folder) {
    this.folder = folder;
  }

  Program.Result run(String script) throws Exception {
    return Program.at(Path.of("/bin/sh"))
        .in(folder)
        .run("-c", script, Program.distribution().resolve("bin/stops").toString());
  }

  /** Runs a script that has to end with {@code status}; what it says goes with a failure. */
  Program.Result run(int status, String script) throws Exception {
    Program.Result result = run(script);
    assertEquals(status, result.status(), () -> script + ": " + result);
    return result;
  }
}
