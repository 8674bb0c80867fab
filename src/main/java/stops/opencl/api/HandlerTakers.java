package stops.opencl.api;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * The libraries that come with OpenCL drivers and install signal handlers. A child process finds
 * out which these are: in a {@linkplain OwnProcess process of Stops' own} nobody else installs
 * handlers, so whichever library does so during a call to a driver is one. In somebody's program
 * only those that a child has named are. Signal handlers belong to the process; so does this.
 * Thread-safe.
 */
public final class HandlerTakers {
  private static final Set<String> KNOWN = new ConcurrentSkipListSet<>();

  private HandlerTakers() {}

  /** Those that are known, by their files. */
  public static List<String> known() {
    return List.copyOf(KNOWN);
  }

  /** Adds those that a child has named. */
  public static void know(List<String> libraries) {
    KNOWN.addAll(libraries);
  }

  /** Whether {@code library}, which has a handler that was not there before the call, is one. */
  static boolean isOne(String library) {
    if (OwnProcess.isThis() && !library.startsWith(System.getProperty("java.home"))) {
      KNOWN.add(library);
    }
    return KNOWN.contains(library);
  }
}
