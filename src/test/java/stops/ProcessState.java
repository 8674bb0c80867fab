package stops;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.logging.LogManager;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * A snapshot of a process's global state, for comparison before and after an action. It has the
 * environment and the signal handlers from the system, if Java may read them, and the global
 * settings of Java code. Needs {@code --add-opens=java.base/java.lang=ALL-UNNAMED}.
 */
public final class ProcessState {
  /** Number of standard signals. Two of them cannot have handlers. */
  private static final int SIGNALS = 31;

  /** PoCL sets this variable for a library that it uses. */
  private static final String POCLS_OWN = "HWLOC_PLUGINS_PATH=";

  private final Map<String, String> facts = new TreeMap<>();

  private ProcessState() {}

  /** Takes a snapshot. */
  public static ProcessState now() throws Throwable {
    // These calls make Java set up its own state before the snapshot.
    TimeZone zone = TimeZone.getDefault();
    LogManager logs = LogManager.getLogManager();
    ProcessState state = new ProcessState();
    if (ProcessState.class.getModule().isNativeAccessEnabled()) {
      for (String variable : environment()) {
        state.put("variable " + variable.replaceFirst("=.*", ""), variable);
      }
      long[] handlers = handlers();
      for (int signal = 1; signal <= SIGNALS; signal++) {
        state.put("handler of signal " + signal, handlers[signal]);
      }
    }
    Properties properties = System.getProperties();
    properties
        .stringPropertyNames()
        .forEach(name -> state.put("property " + name, properties.getProperty(name)));
    state.put("standard streams", List.of(System.in, System.out, System.err));
    state.put("locale", List.of(Locale.getDefault(), Locale.getDefault(Locale.Category.FORMAT)));
    state.put("time zone", zone.getID());
    state.put("uncaught handler", Thread.getDefaultUncaughtExceptionHandler());
    state.put("class loader", Thread.currentThread().getContextClassLoader());
    state.put("shutdown hooks", shutdownHooks());
    state.put("log level", logs.getLogger("").getLevel());
    state.put("ImageIO cache", ImageIO.getUseCache() + " " + ImageIO.getCacheDirectory());
    state.put("ImageIO readers", readers());
    state.put("security providers", List.of(java.security.Security.getProviders()));
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      state.put("temporary files", files.map(Path::toString).sorted().toList());
    }
    return state;
  }

  private void put(String name, Object value) {
    facts.put(name, String.valueOf(value));
  }

  /** The differences from {@code before}, one line each. */
  public String differences(ProcessState before) {
    StringBuilder text = new StringBuilder();
    Map<String, String> all = new TreeMap<>(before.facts);
    all.putAll(facts);
    for (String name : all.keySet()) {
      String was = before.facts.getOrDefault(name, "absent");
      String is = facts.getOrDefault(name, "absent");
      if (!was.equals(is)) {
        text.append("changed: ").append(name).append(": ").append(was);
        text.append(" -> ").append(is).append('\n');
      }
    }
    return text.toString();
  }

  private static List<String> readers() {
    List<String> names = new ArrayList<>();
    Iterator<ImageReaderSpi> found =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, true);
    found.forEachRemaining(reader -> names.add(reader.getClass().getName()));
    return names;
  }

  private static String shutdownHooks() throws ReflectiveOperationException {
    var hooks = Class.forName("java.lang.ApplicationShutdownHooks").getDeclaredField("hooks");
    hooks.setAccessible(true);
    return String.valueOf(((Map<?, ?>) hooks.get(null)).keySet());
  }

  /** The environment as C code sees it. Java's own copy never changes. */
  private static List<String> environment() {
    List<String> variables = new ArrayList<>();
    MemorySegment list =
        Linker.nativeLinker()
            .defaultLookup()
            .findOrThrow("environ")
            .reinterpret(ADDRESS.byteSize())
            .get(ADDRESS, 0)
            .reinterpret(Long.MAX_VALUE);
    for (long at = 0; list.get(ADDRESS, at).address() != 0; at += ADDRESS.byteSize()) {
      variables.add(list.get(ADDRESS, at).reinterpret(Long.MAX_VALUE).getString(0));
    }
    return variables.stream().filter(variable -> !variable.startsWith(POCLS_OWN)).toList();
  }

  /** The address of each signal's handler, the first member of C's {@code struct sigaction}. */
  public static long[] handlers() throws Throwable {
    Linker linker = Linker.nativeLinker();
    MethodHandle sigaction =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("sigaction"),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    long[] handlers = new long[SIGNALS + 1];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment action = arena.allocate(512, 16);
      for (int signal = 1; signal <= SIGNALS; signal++) {
        if ((int) sigaction.invokeExact(signal, MemorySegment.NULL, action) == 0) {
          handlers[signal] = action.get(JAVA_LONG, 0);
        }
      }
    }
    return handlers;
  }
}
