package stops.opencl;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Tally;
import stops.opencl.api.ClException;
import stops.opencl.api.CommandQueue;
import stops.opencl.api.DeviceBuffer;

/** A lane of a device that shares memory with the host: the kernel works in host memory. */
final class SharedLane extends Lane {
  private static final long ALIGNMENT_BYTES = 4096;

  private final List<Stage> stages = new ArrayList<>();

  /** Staging memory for one chunk whose own memory the kernel cannot use. */
  private static final class Stage {
    private MemorySegment source = MemorySegment.NULL;
    private MemorySegment target = MemorySegment.NULL;

    MemorySegment source(long sizeBytes) {
      source = atLeast(source, sizeBytes);
      return source.asSlice(0, sizeBytes);
    }

    MemorySegment target(long sizeBytes) {
      target = atLeast(target, sizeBytes);
      return target.asSlice(0, sizeBytes);
    }

    private static MemorySegment atLeast(MemorySegment stage, long sizeBytes) {
      return stage.byteSize() >= sizeBytes
          ? stage
          : Arena.ofAuto().allocate(sizeBytes, ALIGNMENT_BYTES);
    }
  }

  SharedLane(LaneParts parts) throws ClException {
    super(parts);
  }

  @Override
  List<Tally> convert(BoundConversion job, List<Chunk> chunks) throws ClException {
    while (stages.size() < chunks.size()) {
      stages.add(new Stage());
    }
    List<DeviceBuffer> buffers = new ArrayList<>();
    try {
      for (int i = 0; i < chunks.size(); i++) {
        begin(job, chunks.get(i), i, buffers);
      }
      List<Tally> tallies = new ArrayList<>();
      for (int i = 0; i < chunks.size(); i++) {
        tallies.add(drain(chunks.get(i), i));
      }
      for (int i = 0; i < chunks.size(); i++) {
        Chunk chunk = chunks.get(i);
        if (!placement.writesDirectly(job.conversion(), chunk)) {
          copy(stages.get(i).target(chunk.target().byteSize()), chunk.target());
        }
      }
      return tallies;
    } finally {
      buffers.reversed().forEach(context::dismiss);
    }
  }

  private void begin(BoundConversion job, Chunk chunk, int place, List<DeviceBuffer> buffers)
      throws ClException {
    Stage stage = stages.get(place);
    MemorySegment source = chunk.source();
    if (!placement.readsDirectly(job.conversion(), chunk)) {
      source = stage.source(source.byteSize());
      copy(chunk.source(), source);
    }
    MemorySegment target =
        placement.writesDirectly(job.conversion(), chunk)
            ? chunk.target()
            : stage.target(chunk.target().byteSize());
    DeviceBuffer in = DeviceBuffer.over(context, DeviceBuffer.READ_ONLY, source);
    buffers.add(in);
    DeviceBuffer out = DeviceBuffer.over(context, DeviceBuffer.WRITE_ONLY, target);
    buffers.add(out);
    launch(job, chunk, place, in, out);
    // Only mapping makes the results visible in the host's memory. It is complete when the counters
    // have been read. Waiting for each command would leave the device idle in between.
    ByteBuffer mapped = queue.map(out, CommandQueue.MAP_READ);
    queue.unmap(out, mapped);
  }

  @Override
  boolean checked() {
    return false;
  }

  /** Staging memory is aligned. */
  @Override
  boolean aligned(BoundConversion job, Chunk piece) {
    Conversion conversion = job.conversion();
    return (!placement.readsDirectly(conversion, piece)
            || alignedToVectors(job, piece.source(), conversion.source().bytes()))
        && (!placement.writesDirectly(conversion, piece)
            || alignedToVectors(job, piece.target(), conversion.target().bytes()));
  }
}
