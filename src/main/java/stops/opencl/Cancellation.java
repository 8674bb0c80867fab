package stops.opencl;

/** Tells the pieces of one conversion that nobody waits for them any more. Thread-safe. */
final class Cancellation {
  private volatile boolean cancelled;

  void cancel() {
    cancelled = true;
  }

  boolean isCancelled() {
    return cancelled;
  }
}
