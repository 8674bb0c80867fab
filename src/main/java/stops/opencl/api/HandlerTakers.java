package stops.opencl.api;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * The libraries of OpenCL drivers that install signal handlers, called takers. In a {@linkplain
 * OwnProcess process of Stops' own}, a library that installs a handler during a driver call is a
 * taker. A child process finds takers so and reports them. In another program, only the reported
 * libraries are takers. The list is global, as signal handlers are. Thread-safe.
 */
public final class HandlerTakers {
  private static final Set<String> KNOWN = new ConcurrentSkipListSet<>();

  private HandlerTakers() {}

  /** The files of the known takers. */
  public static List<String> known() {
    return List.copyOf(KNOWN);
  }

  /** Adds takers that a child process reported. */
  public static void know(List<String> libraries) {
    KNOWN.addAll(libraries);
  }

  /** Whether {@code library} is a taker. It must have installed a handler during the call. */
  static boolean isOne(String library) {
    if (OwnProcess.isThis() && !library.startsWith(System.getProperty("java.home"))) {
      KNOWN.add(library);
    }
    return KNOWN.contains(library);
  }
}
