package stops.opencl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import stops.Command;
import stops.opencl.api.OwnProcess;

/**
 * Runs a program of the test class path in a JVM of its own, whose environment can be broken, as
 * the launcher starts one.
 */
public final class ChildJvm {
  private ChildJvm() {}

  /** The output of {@code main}, which must end with status 0. */
  public static String run(
      Class<?> main, Map<String, String> environment, List<String> options, String... arguments)
      throws Exception {
    return run(List.of(), main, environment, options, arguments);
  }

  /** The output of {@code main}, started through the command {@code prefix}. */
  public static String run(
      List<String> prefix,
      Class<?> main,
      Map<String, String> environment,
      List<String> options,
      String... arguments)
      throws Exception {
    List<String> flags = new ArrayList<>();
    flags.add("--enable-native-access=ALL-UNNAMED");
    flags.add(OwnProcess.OPTION);
    flags.add("-Xmx256m");
    flags.add("-Djava.library.path=" + System.getProperty("java.library.path"));
    flags.addAll(options);
    return Command.java(flags, main, arguments)
        .under(prefix.toArray(String[]::new))
        .with(environment)
        .output();
  }
}
