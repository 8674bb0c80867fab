package stops.opencl.api;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * Keeps drivers from taking the JVM's signal handlers away. The JVM stops its threads, and finds
 * null pointers and divisions by zero, with the signals of crashes. LLVM, which many drivers
 * compile with, installs handlers of its own when it starts, good for one signal each: two threads
 * that are stopped at once then end the process, without a word.
 *
 * <p>Calls that may start a compiler are made with the handlers kept. Thread-safe. Does nothing on
 * systems without POSIX signals.
 */
final class SignalHandlers implements AutoCloseable {
  /** Of the crashes: SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV. */
  private static final int[] SIGNALS =
      System.getProperty("os.name", "").startsWith("Mac")
          ? new int[] {4, 5, 6, 10, 8, 11}
          : new int[] {4, 5, 6, 7, 8, 11};

  /** At least C's {@code struct sigaction}; 152 bytes on Linux. */
  private static final long ACTION_BYTES = 512;

  private static final SignalHandlers KEPT = new SignalHandlers();

  private final @Nullable MethodHandle sigaction;
  private final MemorySegment actions;
  private int users;

  private SignalHandlers() {
    Linker linker = Linker.nativeLinker();
    this.sigaction =
        linker
            .defaultLookup()
            .find("sigaction")
            .map(address ->
                linker.downcallHandle(
                    address, FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS)))
            .orElse(null);
    this.actions = Arena.global().allocate(ACTION_BYTES * SIGNALS.length, 16);
  }

  /** Until what this returns is closed, calls may change the handlers; then they are put back. */
  static SignalHandlers keep() {
    KEPT.enter();
    return KEPT;
  }

  private synchronized void enter() {
    if (users++ == 0) {
      for (int i = 0; i < SIGNALS.length; i++) {
        call(SIGNALS[i], MemorySegment.NULL, action(i));
      }
    }
  }

  @Override
  public synchronized void close() {
    users--;
    for (int i = 0; i < SIGNALS.length; i++) {
      call(SIGNALS[i], action(i), MemorySegment.NULL);
    }
  }

  private MemorySegment action(int index) {
    return actions.asSlice(ACTION_BYTES * index, ACTION_BYTES);
  }

  private void call(int signal, MemorySegment action, MemorySegment before) {
    if (sigaction == null) {
      return;
    }
    try {
      int status = (int) sigaction.invokeExact(signal, action, before);
      if (status != 0) {
        throw new IllegalStateException("sigaction refused signal " + signal);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
