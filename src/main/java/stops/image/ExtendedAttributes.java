package stops.image;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The extended attributes of a file that its users set: attributes of their own, and the POSIX
 * access control list. They are only known on Linux, and only if the program may call the C library
 * (see {@link Module#isNativeAccessEnabled}). Elsewhere a file is taken to have none.
 *
 * @param values the attributes by name
 */
record ExtendedAttributes(Map<String, byte[]> values) {
  private static final String ACCESS_LIST = "system.posix_acl_access";
  private static final String OF_USERS = "user.";
  private static final int MOST_BYTES = 1 << 16;

  static final ExtendedAttributes NONE = new ExtendedAttributes(Map.of());

  /** The attributes of {@code file}. */
  static ExtendedAttributes of(Path file) {
    Calls calls = Calls.here();
    if (calls == null) {
      return NONE;
    }
    Map<String, byte[]> values = new LinkedHashMap<>();
    for (String name : calls.names(file)) {
      if (name.equals(ACCESS_LIST) || name.startsWith(OF_USERS)) {
        byte[] value = calls.get(file, name);
        if (value != null) {
          values.put(name, value);
        }
      }
    }
    return new ExtendedAttributes(values);
  }

  /** Whether there is an access control list. Its mask is stored as the group permissions. */
  boolean hasAccessList() {
    return values.containsKey(ACCESS_LIST);
  }

  /**
   * Sets these attributes on {@code successor}, and removes an access control list that it
   * inherited from its folder. Returns the names of attributes that could not be set.
   */
  List<String> giveTo(Path successor) {
    Calls calls = Calls.here();
    if (calls == null) {
      return List.of();
    }
    if (!hasAccessList() && calls.names(successor).contains(ACCESS_LIST)) {
      calls.remove(successor, ACCESS_LIST);
    }
    List<String> failed = new ArrayList<>();
    values.forEach((name, value) -> {
      if (!calls.set(successor, name, value)) {
        failed.add(name);
      }
    });
    return failed;
  }

  /** Whether an attribute of this name is the access control list. */
  static boolean isAccessList(String name) {
    return name.equals(ACCESS_LIST);
  }

  /**
   * The functions of the C library. Each is linked when it is first needed, since that takes Java
   * tens of milliseconds and most files have no such attributes.
   */
  private static final class Calls {
    private Calls() {}

    /** The functions; null where there are none as on Linux, or they may not be called. */
    static @Nullable Calls here() {
      boolean linux = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).equals("linux");
      return linux && ExtendedAttributes.class.getModule().isNativeAccessEnabled()
          ? new Calls()
          : null;
    }

    private static final class ListXattr {
      static final MethodHandle CALL =
          function("listxattr", FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG));
    }

    private static final class GetXattr {
      static final MethodHandle CALL =
          function(
              "getxattr", FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG));
    }

    private static final class SetXattr {
      static final MethodHandle CALL =
          function(
              "setxattr",
              FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT));
    }

    private static final class RemoveXattr {
      static final MethodHandle CALL =
          function("removexattr", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    }

    private static MethodHandle function(String name, FunctionDescriptor type) {
      Linker linker = Linker.nativeLinker();
      return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
    }

    List<String> names(Path file) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment list = arena.allocate(MOST_BYTES);
        long size = (long) ListXattr.CALL.invokeExact(text(arena, file), list, (long) MOST_BYTES);
        List<String> names = new ArrayList<>();
        for (long at = 0; at < size; ) {
          String name = list.getString(at, StandardCharsets.UTF_8);
          names.add(name);
          at += name.getBytes(StandardCharsets.UTF_8).length + 1;
        }
        return names;
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }

    byte @Nullable [] get(Path file, String name) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment value = arena.allocate(MOST_BYTES);
        long size =
            (long)
                GetXattr.CALL.invokeExact(
                    text(arena, file), arena.allocateFrom(name), value, (long) MOST_BYTES);
        return size < 0 ? null : value.asSlice(0, size).toArray(JAVA_BYTE);
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }

    boolean set(Path file, String name, byte[] bytes) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment value = arena.allocateFrom(JAVA_BYTE, bytes);
        return (int)
                SetXattr.CALL.invokeExact(
                    text(arena, file), arena.allocateFrom(name), value, (long) bytes.length, 0)
            == 0;
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }

    void remove(Path file, String name) {
      try (Arena arena = Arena.ofConfined()) {
        int unused =
            (int) RemoveXattr.CALL.invokeExact(text(arena, file), arena.allocateFrom(name));
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }

    private static MemorySegment text(Arena arena, Path file) {
      return arena.allocateFrom(file.toString(), StandardCharsets.UTF_8);
    }
  }
}
