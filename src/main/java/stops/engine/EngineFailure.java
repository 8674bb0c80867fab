package stops.engine;

/**
 * Signals that an engine could not convert a chunk. The message is one line that names the engine,
 * the call and the cause.
 */
public final class EngineFailure extends Exception {
  private static final long serialVersionUID = 1;

  public EngineFailure(String message) {
    super(message);
  }

  public EngineFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
