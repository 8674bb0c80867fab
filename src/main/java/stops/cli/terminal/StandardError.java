package stops.cli.terminal;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Restores the user's standard error. The launcher keeps it at another descriptor until the program
 * runs, to hide the JVM's warning about incubating modules.
 */
public final class StandardError {
  private static final int STANDARD_ERROR = 2;

  private StandardError() {}

  /** Makes the descriptor that the property {@code stops.stderr} names the standard error. */
  public static void takeUp() {
    Integer kept = Integer.getInteger("stops.stderr");
    if (kept == null) {
      return;
    }
    System.clearProperty("stops.stderr");
    try {
      // dup2 rather than opening /dev/fd/3: the two then share one position in a log file.
      call("dup2", kept, STANDARD_ERROR);
      call("close", kept);
    } catch (Throwable e) {
      throw new IllegalStateException("cannot take up standard error", e);
    }
  }

  private static void call(String name, int... arguments) throws Throwable {
    Linker linker = Linker.nativeLinker();
    ValueLayout.OfInt[] parameters = new ValueLayout.OfInt[arguments.length];
    java.util.Arrays.fill(parameters, ValueLayout.JAVA_INT);
    MethodHandle function =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow(name),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, parameters));
    var unused =
        arguments.length == 2
            ? (int) function.invokeExact(arguments[0], arguments[1])
            : (int) function.invokeExact(arguments[0]);
  }
}
