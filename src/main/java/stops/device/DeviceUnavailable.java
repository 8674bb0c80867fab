package stops.device;

/** A device that was asked for is absent or cannot be used. The message is one line. */
public final class DeviceUnavailable extends Exception {
  private static final long serialVersionUID = 1;

  /** The failure, in one line. */
  public DeviceUnavailable(String message) {
    super(message);
  }
}
