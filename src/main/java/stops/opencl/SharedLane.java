package stops.opencl;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Tally;
import stops.opencl.api.ClException;
import stops.opencl.api.CommandQueue;
import stops.opencl.api.DeviceBuffer;

/** A lane of a device that shares memory with the host: the kernel works in host memory. */
final class SharedLane extends Lane {
  private static final long ALIGNMENT_BYTES = 4096;

  private @Nullable MemorySegment sourceStage;
  private @Nullable MemorySegment targetStage;

  SharedLane(LaneParts parts) throws ClException {
    super(parts);
  }

  @Override
  Tally convert(BoundConversion job, Chunk piece) throws ClException {
    Conversion conversion = job.conversion();
    MemorySegment source = piece.source();
    if (!placement.readsDirectly(conversion, piece)) {
      sourceStage = atLeast(sourceStage, source.byteSize());
      source = sourceStage.asSlice(0, source.byteSize());
      copy(piece.source(), source);
    }
    MemorySegment target = piece.target();
    boolean staged = !placement.writesDirectly(conversion, piece);
    if (staged) {
      targetStage = atLeast(targetStage, target.byteSize());
      target = targetStage.asSlice(0, target.byteSize());
    }
    Tally tally = run(job, piece, source, target);
    if (staged) {
      copy(target, piece.target());
    }
    return tally;
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
            || alignedToVectors(piece.source(), conversion.source().bytes()))
        && (!placement.writesDirectly(conversion, piece)
            || alignedToVectors(piece.target(), conversion.target().bytes()));
  }

  private Tally run(BoundConversion job, Chunk piece, MemorySegment source, MemorySegment target)
      throws ClException {
    DeviceBuffer in = DeviceBuffer.over(context, DeviceBuffer.READ_ONLY, source);
    try {
      DeviceBuffer out = DeviceBuffer.over(context, DeviceBuffer.WRITE_ONLY, target);
      try {
        launch(job, piece, in, out);
        long start = System.nanoTime();
        // Only mapping makes the results visible in the host's memory. It is done when what was
        // counted has been read; waiting for every step would leave the device idle between them.
        ByteBuffer mapped = queue.map(out, CommandQueue.MAP_READ);
        queue.unmap(out, mapped);
        Tally tally = drain(piece);
        notePace(piece, start);
        return tally;
      } finally {
        context.dismiss(out);
      }
    } finally {
      context.dismiss(in);
    }
  }

  private static MemorySegment atLeast(@Nullable MemorySegment stage, long sizeBytes) {
    return stage != null && stage.byteSize() >= sizeBytes
        ? stage
        : Arena.ofAuto().allocate(sizeBytes, ALIGNMENT_BYTES);
  }
}
