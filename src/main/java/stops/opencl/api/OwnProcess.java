package stops.opencl.api;

/**
 * Whether this process is Stops' own: the command line, or a child that tries drivers. There Stops
 * may change what belongs to the whole process. Elsewhere it is a guest in somebody's program, and
 * leaves that as it is.
 */
public final class OwnProcess {
  /** What makes a process Stops' own: the launcher and whoever starts a child set it. */
  public static final String OPTION = "-Dstops.ownProcess=true";

  private OwnProcess() {}

  /** Whether this is one. */
  public static boolean isThis() {
    return Boolean.getBoolean("stops.ownProcess");
  }
}
