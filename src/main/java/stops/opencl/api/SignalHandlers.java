package stops.opencl.api;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * Keeps drivers from taking signal handlers away. The JVM stops its threads, finds null pointers
 * and ends on request with signals, and programs have handlers of their own. LLVM, with which many
 * drivers compile, installs its handlers for all of these when it starts. Those for crashes are
 * good for one signal each: two threads that the JVM stops at once then end the process, without a
 * word.
 *
 * <p>Calls that may start a compiler are made between {@link #keep} and {@link #close}, which gives
 * a handler back where one of a {@linkplain HandlerTakers taker} has replaced it. Every other
 * handler stays, also one that somebody installs meanwhile. Thread-safe. Does nothing on systems
 * without POSIX signals.
 */
final class SignalHandlers implements AutoCloseable {
  /** The signals that are no real-time ones: no library that is a guest installs those. */
  private static final int SIGNALS = 31;

  /** At least C's {@code struct sigaction}, which begins with the handler; 152 bytes on Linux. */
  private static final long ACTION_BYTES = 512;

  /** At least C's {@code Dl_info}, which begins with the library's name. */
  private static final long LIBRARY_BYTES = 64;

  private static final long LONGEST_PATH = 4096;

  private static final SignalHandlers KEPT = new SignalHandlers();

  private final @Nullable MethodHandle sigaction;
  private final @Nullable MethodHandle dladdr;
  private final MemorySegment actions;
  private int users;

  private SignalHandlers() {
    sigaction = find("sigaction", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    dladdr = find("dladdr", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS));
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

  /** Until what this returns is closed, calls may change the handlers. */
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
        giveBack(signal, now, arena);
      }
    }
  }

  private void giveBack(int signal, MemorySegment now, Arena arena) {
    MemorySegment before = action(signal);
    if (change(signal, MemorySegment.NULL, now)
        && handler(now) != handler(before)
        && isTaken(now, arena)
        && change(signal, before, now)
        && !isTaken(now, arena)) {
      // Somebody else's came in between.
      change(signal, now, MemorySegment.NULL);
    }
  }

  private boolean isTaken(MemorySegment action, Arena arena) {
    String library = library(handler(action), arena);
    return library != null && HandlerTakers.isOne(library);
  }

  /** 0 and 1 stand for what the system does by itself. */
  private static long handler(MemorySegment action) {
    return action.get(JAVA_LONG, 0);
  }

  private MemorySegment action(int signal) {
    return actions.asSlice(ACTION_BYTES * signal, ACTION_BYTES);
  }

  /** Makes the call. False where there is no such signal, or none whose handler can be changed. */
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

  /** The file of the library that has {@code function}; null where none has. */
  private @Nullable String library(long function, Arena arena) {
    if (dladdr == null || function <= 1) {
      return null;
    }
    MemorySegment library = arena.allocate(LIBRARY_BYTES, 16);
    try {
      if ((int) dladdr.invokeExact(function, library) == 0) {
        return null;
      }
      MemorySegment name =
          library.get(
              ADDRESS.withTargetLayout(
                  MemoryLayout.sequenceLayout(LONGEST_PATH, ValueLayout.JAVA_BYTE)),
              0);
      return name.address() == 0 ? null : name.getString(0);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
