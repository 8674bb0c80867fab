package stops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A command that a test runs: an oracle, a compiler, or another Java. */
public final class Command {
  private final ProcessBuilder builder;

  /**
   * The end of a run.
   *
   * @param status the exit status
   * @param output standard output and standard error together, in UTF-8
   */
  public record Result(int status, String output) {}

  private Command(List<String> words) {
    builder = new ProcessBuilder(words).redirectErrorStream(true);
  }

  /** A program with arguments. */
  public static Command of(String... words) {
    return new Command(Arrays.asList(words));
  }

  /** Runs a program, which must succeed, and returns its output. */
  public static String outputOf(String... words) throws IOException, InterruptedException {
    return of(words).output();
  }

  /**
   * A class of the tests, run in a JVM of its own. It does not use the cache of the user's
   * programs.
   */
  public static Command java(List<String> options, Class<?> main, String... arguments) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("-Dstops.cache=" + System.getProperty("stops.cache", OwnCache.FOLDER + ""));
    words.addAll(options);
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    words.addAll(Arrays.asList(arguments));
    return new Command(words);
  }

  /** Adds environment variables to those of this process. */
  public Command with(Map<String, String> variables) {
    builder.environment().putAll(variables);
    return this;
  }

  /** Runs the command by another program, whose words come first. */
  public Command under(String... words) {
    List<String> all = new ArrayList<>(Arrays.asList(words));
    all.addAll(builder.command());
    builder.command(all);
    return this;
  }

  /** Runs the command to its end. */
  public Result run() throws IOException, InterruptedException {
    Path output = Files.createTempFile("stops", ".out");
    try {
      int status = Await.end(builder.redirectOutput(output.toFile()).start());
      return new Result(status, new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
    } finally {
      Files.delete(output);
    }
  }

  /** Runs the command, which must succeed, and returns its output. */
  public String output() throws IOException, InterruptedException {
    Result result = run();
    assertEquals(0, result.status(), () -> builder.command() + ": " + result.output());
    return result.output();
  }
}
