package stops.cli;

import java.util.Arrays;
import java.util.List;
import stops.cli.terminal.ExitStatus;
import stops.cli.terminal.StandardError;
import stops.cli.terminal.StandardOutput;

/**
 * Runs several commands one after the other in one process. Meanwhile Java records what speeds up
 * the next start: the classes that are loaded, and the code that is worth compiling.
 */
final class Rehearsal {
  private static final String NEXT = "+";

  private Rehearsal() {}

  /**
   * Runs command lines, with {@value #NEXT} between them, up to the first that fails. Ends the
   * process with the status of the last one.
   */
  public static void main(String[] arguments) {
    StandardError.takeUp();
    StandardOutput output = StandardOutput.takeUp();
    Thread.setDefaultUncaughtExceptionHandler(new Main.LostThread());
    List<String> rest = Arrays.asList(arguments);
    int status = ExitStatus.DONE;
    while (status == ExitStatus.DONE && !rest.isEmpty()) {
      int next = rest.indexOf(NEXT);
      List<String> line = next < 0 ? rest : rest.subList(0, next);
      status = Main.run(line.toArray(new String[0]));
      rest = next < 0 ? List.of() : rest.subList(next + 1, rest.size());
    }
    System.exit(output.finish(status));
  }
}
