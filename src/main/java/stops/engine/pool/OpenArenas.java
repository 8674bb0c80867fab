package stops.engine.pool;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Keeps arenas open while work is done in their memory. Closing such an arena meanwhile throws.
 *
 * <p>Java keeps the arena of a segment open during a call to native code that gets the segment. The
 * call here is C's {@code bsearch} in a list of one element. It calls its comparison once, and the
 * comparison does the work. Thread-safe.
 */
final class OpenArenas {
  private static final FunctionDescriptor COMPARISON =
      FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS);

  /** The work that the comparison on this thread does. */
  private static final ThreadLocal<Work<?>> WORK = new ThreadLocal<>();

  /** Native code of the comparison. It is freed with this object, so classes can be unloaded. */
  private @Nullable MemorySegment comparison;

  /** C's {@code bsearch}. It is looked up when it is first needed, since that takes a while. */
  private static final class Search {
    static final @Nullable MethodHandle CALL = find();

    private static @Nullable MethodHandle find() {
      Linker linker = Linker.nativeLinker();
      FunctionDescriptor type =
          FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_LONG, ADDRESS);
      try {
        return linker
            .defaultLookup()
            .find("bsearch")
            .map(address -> linker.downcallHandle(address, type))
            .orElse(null);
      } catch (IllegalCallerException e) {
        return null;
      }
    }
  }

  /** Signals that an arena was closed before the work began. */
  static final class ClosedArena extends IllegalStateException {
    private static final long serialVersionUID = 1;

    private ClosedArena(RuntimeException cause) {
      super("the arena of the source or the target was closed during the conversion", cause);
    }
  }

  private static final class Work<T> {
    private final Callable<T> callable;
    private boolean begun;
    private @Nullable T result;
    private @Nullable Throwable thrown;

    Work(Callable<T> callable) {
      this.callable = callable;
    }

    void run() {
      begun = true;
      try {
        result = callable.call();
      } catch (Throwable e) {
        thrown = e; // Java ends the process if an exception leaves the comparison.
      }
    }

    T result() throws Exception {
      switch (thrown) {
        case null -> {
          return Objects.requireNonNull(result);
        }
        case Exception e -> throw e;
        case Error e -> throw e;
        default -> throw new IllegalStateException(thrown);
      }
    }
  }

  /** Whether Java lets this program call native code, so that arenas can be kept open. */
  static boolean arePossible() {
    return Search.CALL != null;
  }

  /**
   * Does {@code work} while the arenas of {@code memory} are open.
   *
   * @param memory native memory that this thread may use
   * @throws ClosedArena if an arena is closed already; the work was then not begun
   */
  <T> T during(List<MemorySegment> memory, Callable<T> work) throws Exception {
    if (memory.isEmpty()) {
      return work.call();
    }
    int some = Math.min(2, memory.size());
    List<MemorySegment> others = memory.subList(some, memory.size());
    Callable<T> rest = others.isEmpty() ? work : () -> during(others, work);
    return during(memory.getFirst(), memory.get(some - 1), rest);
  }

  private <T> T during(MemorySegment one, MemorySegment other, Callable<T> callable)
      throws Exception {
    Work<T> work = new Work<>(callable);
    Work<?> outer = WORK.get();
    WORK.set(work);
    try {
      MemorySegment unused =
          (MemorySegment)
              Objects.requireNonNull(Search.CALL).invokeExact(one, other, 1L, 1L, comparison());
    } catch (RuntimeException e) {
      if (work.begun) {
        throw e;
      }
      throw new ClosedArena(e);
    } catch (Throwable e) {
      throw new AssertionError(e);
    } finally {
      if (outer == null) {
        WORK.remove();
      } else {
        WORK.set(outer);
      }
    }
    return work.result();
  }

  /** The comparison of {@code bsearch}: equal. */
  private static int compare(MemorySegment key, MemorySegment element) {
    WORK.get().run();
    return 0;
  }

  private synchronized MemorySegment comparison() {
    if (comparison == null) {
      comparison = makeComparison();
    }
    return comparison;
  }

  private static MemorySegment makeComparison() {
    try {
      MethodHandle compare =
          MethodHandles.lookup()
              .findStatic(
                  OpenArenas.class,
                  "compare",
                  MethodType.methodType(int.class, MemorySegment.class, MemorySegment.class));
      return Linker.nativeLinker().upcallStub(compare, COMPARISON, Arena.ofAuto());
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
