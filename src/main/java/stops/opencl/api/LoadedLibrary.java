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

/** Finds the libraries of functions in this process, where the system tells. */
final class LoadedLibrary {
  /** Memory in bytes for C's {@code Dl_info}. The library's name is its first member. */
  private static final long INFO_BYTES = 64;

  private static final long LONGEST_PATH = 4096;

  private static final @Nullable MethodHandle DLADDR = find();

  private LoadedLibrary() {}

  private static @Nullable MethodHandle find() {
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("dladdr")
        .map(address ->
            linker.downcallHandle(address, FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS)))
        .orElse(null);
  }

  /** The file of the library that contains the address {@code function}; null if there is none. */
  static @Nullable String of(long function) {
    if (DLADDR == null || function <= 1) {
      return null;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(INFO_BYTES, 16);
      if ((int) DLADDR.invokeExact(function, info) == 0) {
        return null;
      }
      MemorySegment name =
          info.get(
              ADDRESS.withTargetLayout(
                  MemoryLayout.sequenceLayout(LONGEST_PATH, ValueLayout.JAVA_BYTE)),
              0);
      return name.address() == 0 ? null : name.getString(0);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /**
   * The file of the driver that made an OpenCL object; null if it is not known. Each object begins
   * with the address of its driver's functions, by which the OpenCL library calls them.
   */
  static @Nullable String ofObject(long object) {
    return DLADDR == null ? null : of(word(word(object)));
  }

  private static long word(long address) {
    return address == 0
        ? 0
        : MemorySegment.ofAddress(address).reinterpret(Long.BYTES).get(JAVA_LONG, 0);
  }
}
