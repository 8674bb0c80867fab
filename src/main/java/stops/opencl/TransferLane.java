package stops.opencl;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import stops.engine.Chunk;
import stops.engine.Tally;
import stops.opencl.api.ClException;
import stops.opencl.api.DeviceBuffer;
import stops.opencl.api.PinnedMemory;

/**
 * A lane of a device with memory of its own: samples go through pinned host memory, which such
 * devices read and write at full speed. While one lane uploads, another one's kernel runs and a
 * third downloads.
 *
 * <p>What arrives is compared with what was sent, by {@link SampleSum}s that the kernel makes on
 * the device and this on the host: whatever a transfer skips, tears, shifts or repeats is noticed.
 */
final class TransferLane extends Lane {
  private @Nullable PinnedMemory sourceStage;
  private @Nullable PinnedMemory targetStage;
  private @Nullable DeviceBuffer source;
  private @Nullable DeviceBuffer target;

  TransferLane(LaneParts parts) throws ClException {
    super(parts);
  }

  @Override
  Tally convert(BoundConversion job, Chunk piece) throws ClException, WrongSampleException {
    long sourceBytes = piece.source().byteSize();
    long targetBytes = piece.target().byteSize();
    sourceStage = PinnedMemory.atLeast(sourceStage, context, queue, sourceBytes);
    targetStage = PinnedMemory.atLeast(targetStage, context, queue, targetBytes);
    source = atLeast(source, DeviceBuffer.READ_ONLY, sourceBytes);
    target = atLeast(target, DeviceBuffer.WRITE_ONLY, targetBytes);
    MemorySegment upload = sourceStage.memory().asSlice(0, sourceBytes);
    MemorySegment download = targetStage.memory().asSlice(0, targetBytes);
    SampleSum sent = SampleSum.copying(piece.source(), upload, job.conversion().source().bytes());
    queue.write(source, upload);
    long start = System.nanoTime();
    launch(job, piece, source, target);
    queue.read(target, download);
    notePace(piece, start);
    Tally tally = drain(piece);
    SampleSum received =
        SampleSum.copying(download, piece.target(), job.conversion().target().bytes());
    Counters.Sums seen = sums(piece);
    if (!seen.read().equals(sent)) {
      throw new WrongSampleException("upload: not all samples arrived as they were sent");
    }
    if (!seen.written().equals(received)) {
      throw new WrongSampleException("download: not all samples arrived as they were sent");
    }
    return tally;
  }

  @Override
  boolean checked() {
    return true;
  }

  @Override
  boolean aligned(BoundConversion job, Chunk piece) {
    return true;
  }

  private DeviceBuffer atLeast(@Nullable DeviceBuffer buffer, long flags, long sizeBytes)
      throws ClException {
    if (buffer != null && buffer.sizeBytes() >= sizeBytes) {
      return buffer;
    }
    if (buffer != null) {
      context.dismiss(buffer);
    }
    return DeviceBuffer.create(context, flags, sizeBytes);
  }

  @Override
  public void close() {
    if (sourceStage != null) {
      sourceStage.close();
      sourceStage = null;
    }
    if (targetStage != null) {
      targetStage.close();
      targetStage = null;
    }
    if (source != null) {
      context.dismiss(source);
      source = null;
    }
    if (target != null) {
      context.dismiss(target);
      target = null;
    }
    super.close();
  }
}
