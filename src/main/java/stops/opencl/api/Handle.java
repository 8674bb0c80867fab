package stops.opencl.api;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One OpenCL object and those that depend on it. It is released once, after its dependents, newest
 * first; closing it again is harmless. Thread-safe.
 */
abstract class Handle implements AutoCloseable {
  private final Deque<Handle> children = new ArrayDeque<>();
  private boolean closed;

  /** Makes this object close {@code child}, which was just created, when it is closed itself. */
  final <T extends Handle> T adopt(T child) {
    synchronized (children) {
      if (!closed) {
        children.push(child);
        return child;
      }
    }
    child.close();
    throw new IllegalStateException("the OpenCL object is closed");
  }

  /** Closes {@code child} now and forgets it. */
  public final void dismiss(Handle child) {
    synchronized (children) {
      children.remove(child);
    }
    child.close();
  }

  /** Gives the object back to OpenCL. Called once. There is no use for the status it returns. */
  abstract int release();

  @Override
  public final void close() {
    while (true) {
      Handle child;
      synchronized (children) {
        if (closed) {
          return;
        }
        child = children.poll();
        if (child == null) {
          closed = true;
          break;
        }
      }
      child.close();
    }
    release();
  }
}
