package stops.opencl.api;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.List;
import stops.ProcessState;

/**
 * Installs handlers of two libraries while {@link SignalHandlers} keeps the handlers. The arguments
 * are the two libraries. Only the first may be a taker that a child reported. Prints for each
 * handler whether it stays.
 */
final class SignalHandlersMain {
  private static final int SIGHUP = 1;
  private static final int SIGTRAP = 5;
  private static final int SIGUSR1 = 10;

  private SignalHandlersMain() {}

  public static void main(String[] arguments) throws Throwable {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment taker = handler(arguments[0], arena);
      MemorySegment other = handler(arguments[1], arena);
      HandlerTakers.know(List.of(arguments[0]));
      install(SIGUSR1, other);
      long[] before = ProcessState.handlers();
      try (SignalHandlers kept = SignalHandlers.keep()) {
        install(SIGHUP, taker);
        install(SIGTRAP, other);
        install(SIGUSR1, taker);
      }
      long[] after = ProcessState.handlers();
      System.out.println("given back: " + (after[SIGHUP] == before[SIGHUP]));
      System.out.println("given back to another: " + (after[SIGUSR1] == other.address()));
      System.out.println("left to another: " + (after[SIGTRAP] == other.address()));
      System.out.println(
          "takers: "
              + HandlerTakers.known().stream().map(Path::of).map(Path::getFileName).toList());
    }
  }

  private static MemorySegment handler(String library, Arena arena) {
    return SymbolLookup.libraryLookup(Path.of(library), arena).findOrThrow("handle");
  }

  private static void install(int signal, MemorySegment handler) throws Throwable {
    Linker linker = Linker.nativeLinker();
    MethodHandle sigaction =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("sigaction"),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment action = arena.allocate(512, 16);
      action.set(JAVA_LONG, 0, handler.address());
      if ((int) sigaction.invokeExact(signal, action, MemorySegment.NULL) != 0) {
        throw new IllegalStateException("sigaction");
      }
    }
  }
}
