package stops.device;

/**
 * A device that was asked for is absent or cannot be used. The message is one line.
 *
 * <p>API: programs that use Stops may rely on it.
 */
public final class DeviceUnavailable extends Exception {
  private static final long serialVersionUID = 1;

  /** A device is absent or cannot be used, as {@code message} says. */
  public DeviceUnavailable(String message) {
    super(message);
  }
}
