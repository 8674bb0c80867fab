package stops.opencl.api;

/**
 * Whether this process is Stops' own: the command line, or a child process that tries drivers. In
 * its own process, Stops may change global state. In another program, Stops leaves global state
 * unchanged.
 */
public final class OwnProcess {
  /**
   * The JVM option that marks a process as Stops' own. The launcher sets it, and so does the code
   * that starts a child process.
   */
  public static final String OPTION = "-Dstops.ownProcess=true";

  private OwnProcess() {}

  /** Whether this process is Stops' own. */
  public static boolean isThis() {
    return Boolean.getBoolean("stops.ownProcess");
  }
}
