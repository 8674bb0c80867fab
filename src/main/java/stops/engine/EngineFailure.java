package stops.engine;

import java.util.concurrent.CompletableFuture;

/**
 * An engine could not convert a chunk. The message is one line: which engine, which call, why.
 *
 * <p>An engine that gave up a call of a device that hangs says so by {@link #released}: until then
 * the chunk's memory must be neither reused nor freed.
 */
public final class EngineFailure extends Exception {
  private static final long serialVersionUID = 1;

  private final transient CompletableFuture<?> released;

  public EngineFailure(String message) {
    super(message);
    released = CompletableFuture.completedFuture(null);
  }

  public EngineFailure(String message, Throwable cause) {
    this(message, cause, CompletableFuture.completedFuture(null));
  }

  /**
   * A failure that leaves something running.
   *
   * @param released completes, in whatever way, when the device has let go of the chunk's memory
   */
  public EngineFailure(String message, Throwable cause, CompletableFuture<?> released) {
    super(message, cause);
    this.released = released;
  }

  /**
   * Completes, in whatever way, when the device has let go of the chunk's memory; mostly it has.
   */
  public CompletableFuture<?> released() {
    return released;
  }
}
