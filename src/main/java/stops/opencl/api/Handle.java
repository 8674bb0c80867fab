package stops.opencl.api;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * An OpenCL object that owns the objects created from it. Closing releases these first, newest
 * first, then the object itself. Closing twice is harmless, also at the same time. Thread-safe, but
 * no call may use the object while it is closed.
 *
 * @param <P> the binding's type of pointer to the object
 */
abstract class Handle<P> implements AutoCloseable {
  private final P pointer;
  private final Deque<Handle<?>> children = new ArrayDeque<>();
  private volatile boolean closed;

  Handle(P pointer) {
    this.pointer = pointer;
  }

  /**
   * The pointer to the object.
   *
   * @throws IllegalStateException if the object is released: drivers crash when they are given it
   */
  public final P handle() {
    if (closed) {
      throw new IllegalStateException("the OpenCL object is closed");
    }
    return pointer;
  }

  /**
   * Makes this object the owner of the new object {@code child}, which it closes when it is closed.
   */
  final <T extends Handle<?>> T adopt(T child) {
    synchronized (children) {
      if (!closed) {
        children.push(child);
        return child;
      }
    }
    child.close();
    throw new IllegalStateException("the OpenCL object is closed");
  }

  /** Closes {@code child} and ends its ownership. */
  public final void dismiss(Handle<?> child) {
    synchronized (children) {
      children.remove(child);
    }
    child.close();
  }

  /** Releases the OpenCL object. Called once. Callers ignore the returned status. */
  abstract int release(P pointer);

  @Override
  public final void close() {
    while (true) {
      Handle<?> child;
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
    release(pointer);
  }
}
