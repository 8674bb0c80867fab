package stops.opencl.trial;

/**
 * Marks that this process uses drivers or a device. If the process dies, the mark stays, and the
 * next process learns of it from {@link UseMarks}. Thread-safe.
 */
final class UseMark implements AutoCloseable {
  private final Store store;
  private int starts;
  private boolean closed;

  /** Keeps the mark. */
  interface Store {
    void write(boolean starting);

    void remove();
  }

  UseMark(Store store) {
    this.store = store;
  }

  /** First calls of a kind to the drivers. {@link #close} says that they returned. */
  @FunctionalInterface
  interface Starting extends AutoCloseable {
    @Override
    void close();
  }

  /** Marks that the drivers get calls that they have not got in this process yet. */
  synchronized Starting starting() {
    starts++;
    write();
    return this::started;
  }

  private synchronized void started() {
    starts--;
    write();
  }

  private void write() {
    if (!closed && starts <= 1) {
      store.write(starts > 0);
    }
  }

  /** Removes the mark. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      store.remove();
    }
  }
}
