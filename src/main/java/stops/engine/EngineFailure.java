package stops.engine;

/**
 * Signals that an engine could not convert a chunk. The message is one line that names the engine,
 * the call and the cause.
 */
public final class EngineFailure extends Exception {
  private static final long serialVersionUID = 1;

  /** A failure without another exception behind it. */
  public EngineFailure(String message) {
    super(message);
  }

  /** A failure that {@code cause} led to. */
  public EngineFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
