package stops.opencl.api;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * Restores signal handlers that drivers replace. The JVM uses signals to stop its threads, to
 * detect null pointers and to end on request. Programs have handlers of their own. Many drivers
 * compile with LLVM, which installs its own handlers for these signals. LLVM's crash handlers work
 * once. If the JVM then stops two threads at once, the process ends without a message.
 *
 * <p>Calls that may start a compiler are made between {@link #keep} and {@link #close}. {@link
 * #close} restores the handlers that a {@linkplain HandlerTakers taker} replaced. Other handlers
 * stay, including those that the program installs meanwhile. Thread-safe. On systems without POSIX
 * signals, nothing happens.
 */
final class SignalHandlers implements AutoCloseable {
  /** The number of standard signals. Driver libraries install no handlers for real-time signals. */
  private static final int SIGNALS = 31;

  /**
   * Memory in bytes for C's {@code struct sigaction}, which has 152 bytes on Linux. The handler is
   * its first member.
   */
  private static final long ACTION_BYTES = 512;

  private static final SignalHandlers KEPT = new SignalHandlers();

  private final @Nullable MethodHandle sigaction;
  private final MemorySegment actions;
  private int users;

  private SignalHandlers() {
    sigaction = find("sigaction", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    actions = Arena.global().allocate(ACTION_BYTES * (SIGNALS + 1), 16);
  }

  private static @Nullable MethodHandle find(String function, FunctionDescriptor type) {
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find(function)
        .map(address -> linker.downcallHandle(address, type))
        .orElse(null);
  }

  /** Saves the handlers. They are restored when the result is closed. */
  static SignalHandlers keep() {
    KEPT.enter();
    return KEPT;
  }

  private synchronized void enter() {
    if (users++ == 0) {
      for (int signal = 1; signal <= SIGNALS; signal++) {
        if (!change(signal, MemorySegment.NULL, action(signal))) {
          action(signal).fill((byte) 0);
        }
      }
    }
  }

  @Override
  public synchronized void close() {
    users--;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment now = arena.allocate(ACTION_BYTES, 16);
      for (int signal = 1; signal <= SIGNALS; signal++) {
        giveBack(signal, now);
      }
    }
  }

  private void giveBack(int signal, MemorySegment now) {
    MemorySegment before = action(signal);
    if (change(signal, MemorySegment.NULL, now)
        && handler(now) != handler(before)
        && isTaken(now)
        && change(signal, before, now)
        && !isTaken(now)) {
      // Another library or the program installed a handler in between.
      change(signal, now, MemorySegment.NULL);
    }
  }

  private static boolean isTaken(MemorySegment action) {
    String library = LoadedLibrary.of(handler(action));
    return library != null && HandlerTakers.isOne(library);
  }

  /** The address of the handler. 0 and 1 are the system's default action and "ignore". */
  private static long handler(MemorySegment action) {
    return action.get(JAVA_LONG, 0);
  }

  private MemorySegment action(int signal) {
    return actions.asSlice(ACTION_BYTES * signal, ACTION_BYTES);
  }

  /**
   * Calls {@code sigaction}. Returns false if the signal does not exist or its handler cannot be
   * changed.
   */
  private boolean change(int signal, MemorySegment action, MemorySegment before) {
    if (sigaction == null) {
      return false;
    }
    try {
      return (int) sigaction.invokeExact(signal, action, before) == 0;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
