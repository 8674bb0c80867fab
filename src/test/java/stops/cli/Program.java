package stops.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import stops.Await;
import stops.OwnCache;

/** Runs the packaged program as a user does: a process with arguments, files and an environment. */
final class Program {
  private final Path executable;
  private final Map<String, String> environment = new HashMap<>();
  private Path folder = Path.of("").toAbsolutePath();
  private String input = "";
  private List<String> before = List.of();

  /** What a run left behind. */
  record Result(int status, String out, String err) {}

  private Program(Path executable) {
    this.executable = executable;
  }

  /** The program in the distribution that the build has just made. */
  static Program packaged() {
    return at(distribution().resolve("bin/stops"));
  }

  static Program at(Path executable) {
    return new Program(executable);
  }

  static Path distribution() {
    return Path.of(System.getProperty("stops.dist", "target/dist")).toAbsolutePath();
  }

  Program with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Program in(Path workingFolder) {
    folder = workingFolder;
    return this;
  }

  Program reading(String standardInput) {
    input = standardInput;
    return this;
  }

  /** It shall not ignore SIGINT, even if this process does, as what {@code nohup} starts does. */
  Program interruptible() {
    before = List.of("/usr/bin/env", "--default-signal=INT");
    return this;
  }

  private List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(before);
    command.add(executable.toString());
    command.addAll(Arrays.asList(arguments));
    return command;
  }

  /** Starts it; what it says goes to {@code output}. */
  Process start(Path output, String... arguments) throws IOException {
    List<String> command = command(arguments);
    return builder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
  }

  /** Starts it with pipes to and from it; what it says on standard error goes to {@code errors}. */
  Process talk(Path errors, String... arguments) throws IOException {
    List<String> command = command(arguments);
    return builder(command).redirectError(errors.toFile()).start();
  }

  private ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("XDG_CACHE_HOME", OwnCache.FOLDER.toString());
    environment.forEach((variable, value) -> {
      if (value.isEmpty()) {
        builder.environment().remove(variable);
      } else {
        builder.environment().put(variable, value);
      }
    });
    return builder;
  }

  Result run(String... arguments) throws IOException, InterruptedException {
    List<String> command = command(arguments);
    Path in = Files.createTempFile("stops", ".in");
    Path out = Files.createTempFile("stops", ".out");
    Path err = Files.createTempFile("stops", ".err");
    try {
      Files.writeString(in, input);
      ProcessBuilder builder =
          builder(command)
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      int status = Await.end(builder.start());
      return new Result(
          status,
          Files.readString(out, StandardCharsets.UTF_8),
          Files.readString(err, StandardCharsets.UTF_8));
    } finally {
      Files.delete(in);
      Files.delete(out);
      Files.delete(err);
    }
  }
}
