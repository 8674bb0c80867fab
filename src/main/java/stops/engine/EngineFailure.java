package stops.engine;

/** An engine could not convert a chunk. The message is one line: which engine, which call, why. */
public final class EngineFailure extends Exception {
  private static final long serialVersionUID = 1;

  public EngineFailure(String message) {
    super(message);
  }

  public EngineFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
