package stops.opencl;

/** A system property that Stops reads has a value that it cannot have. The message names both. */
public final class SettingException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  SettingException(String property, IllegalArgumentException cause) {
    super("the system property " + property + ": " + cause.getMessage(), cause);
  }
}
