package stops.opencl.api;

import static org.jocl.CL.CL_MAP_READ;
import static org.jocl.CL.CL_MAP_WRITE;
import static org.jocl.CL.CL_MEM_ALLOC_HOST_PTR;
import static org.jocl.CL.CL_MEM_READ_WRITE;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Host memory allocated by the driver for fast transfers, page-locked if the driver can. It is
 * mapped until closed.
 */
public final class PinnedMemory implements AutoCloseable {
  private final Context context;
  private final CommandQueue queue;
  private final DeviceBuffer buffer;
  private final ByteBuffer mapped;
  private boolean closed;

  private PinnedMemory(
      Context context, CommandQueue queue, DeviceBuffer buffer, ByteBuffer mapped) {
    this.context = context;
    this.queue = queue;
    this.buffer = buffer;
    this.mapped = mapped;
  }

  /** Returns {@code present} if it is large enough. Otherwise closes it and allocates a new one. */
  public static PinnedMemory atLeast(
      @Nullable PinnedMemory present, Context context, CommandQueue queue, long sizeBytes)
      throws ClException {
    if (present != null && present.buffer.sizeBytes() >= sizeBytes) {
      return present;
    }
    if (present != null) {
      present.close();
    }
    DeviceBuffer buffer =
        DeviceBuffer.create(context, CL_MEM_ALLOC_HOST_PTR | CL_MEM_READ_WRITE, sizeBytes);
    try {
      ByteBuffer mapped = queue.map(buffer, CL_MAP_READ | CL_MAP_WRITE);
      queue.finish();
      return new PinnedMemory(context, queue, buffer, mapped);
    } catch (ClException e) {
      context.dismiss(buffer);
      throw e;
    }
  }

  public MemorySegment memory() {
    return MemorySegment.ofBuffer(mapped.duplicate().clear());
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      queue.unmap(buffer, mapped);
      queue.finish();
    } catch (ClException e) {
      // Releasing the buffer also releases its memory.
    }
    context.dismiss(buffer);
  }
}
