package stops.opencl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program of the test class path in a JVM of its own, whose environment can be broken. */
final class ChildJvm {
  private ChildJvm() {}

  /** What {@code main}, which must end well in two minutes, prints. */
  static String run(
      Class<?> main, Map<String, String> environment, List<String> options, String... arguments)
      throws Exception {
    return run(List.of(), main, environment, options, arguments);
  }

  /** The same, started by the command {@code prefix}. */
  static String run(
      List<String> prefix,
      Class<?> main,
      Map<String, String> environment,
      List<String> options,
      String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Xmx256m");
    command.add("-Djava.library.path=" + System.getProperty("java.library.path"));
    command.addAll(options);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertTrue(process.waitFor(2, TimeUnit.MINUTES), output);
    assertEquals(0, process.exitValue(), output);
    return output;
  }
}
