package stops.opencl;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import stops.engine.Chunk;
import stops.engine.Tally;
import stops.opencl.api.ClException;
import stops.opencl.api.DeviceBuffer;
import stops.opencl.api.PinnedMemory;

/**
 * A lane of a device with memory of its own. Samples are transferred through pinned host memory,
 * which such devices access at full speed. While one lane uploads, another runs its kernel and a
 * third downloads.
 *
 * <p>Transfers are verified: the kernel computes a {@link SampleSum} of the samples on the device,
 * and the lane one on the host. Samples that a transfer skips, tears, shifts or repeats are thus
 * detected.
 */
final class TransferLane extends Lane {
  private final List<Way> ways = new ArrayList<>();

  TransferLane(LaneParts parts) throws ClException {
    super(parts);
  }

  @Override
  List<Tally> convert(BoundConversion job, List<Chunk> chunks)
      throws ClException, WrongSampleException {
    List<SampleSum> sent = new ArrayList<>();
    for (int i = 0; i < chunks.size(); i++) {
      if (i == ways.size()) {
        ways.add(new Way());
      }
      sent.add(ways.get(i).send(job, chunks.get(i), i));
    }
    List<Tally> tallies = new ArrayList<>();
    for (int i = 0; i < chunks.size(); i++) {
      tallies.add(ways.get(i).receive(job, chunks.get(i), i, sent.get(i)));
    }
    return tallies;
  }

  /** Memory on the host and on the device for one chunk. */
  private final class Way implements AutoCloseable {
    private @Nullable PinnedMemory sourceStage;
    private @Nullable PinnedMemory targetStage;
    private @Nullable DeviceBuffer source;
    private @Nullable DeviceBuffer target;

    /** Uploads a chunk and starts the kernel. Returns the checksum of the samples sent. */
    SampleSum send(BoundConversion job, Chunk chunk, int place) throws ClException {
      long sourceBytes = chunk.source().byteSize();
      long targetBytes = chunk.target().byteSize();
      PinnedMemory stage = PinnedMemory.atLeast(sourceStage, context, queue, sourceBytes);
      sourceStage = stage;
      targetStage = PinnedMemory.atLeast(targetStage, context, queue, targetBytes);
      DeviceBuffer in = DeviceBuffer.atLeast(source, context, DeviceBuffer.READ_ONLY, sourceBytes);
      source = in;
      DeviceBuffer out =
          DeviceBuffer.atLeast(target, context, DeviceBuffer.WRITE_ONLY, targetBytes);
      target = out;
      MemorySegment upload = stage.memory().asSlice(0, sourceBytes);
      SampleSum sent = SampleSum.copying(chunk.source(), upload, job.conversion().source().bytes());
      queue.write(in, upload);
      launch(job, chunk, place, in, out);
      return sent;
    }

    /** Waits for the kernel and downloads the results. Returns the tally. */
    Tally receive(BoundConversion job, Chunk chunk, int place, SampleSum sent)
        throws ClException, WrongSampleException {
      MemorySegment download =
          Objects.requireNonNull(targetStage).memory().asSlice(0, chunk.target().byteSize());
      queue.read(Objects.requireNonNull(target), download);
      Tally tally = drain(chunk, place);
      SampleSum received =
          SampleSum.copying(download, chunk.target(), job.conversion().target().bytes());
      Counters.Sums seen = sums(place);
      if (!seen.read().equals(sent)) {
        throw new WrongSampleException("upload: not all samples arrived as they were sent");
      }
      if (!seen.written().equals(received)) {
        throw new WrongSampleException("download: not all samples arrived as they were sent");
      }
      return tally;
    }

    @Override
    public void close() {
      if (sourceStage != null) {
        sourceStage.close();
      }
      if (targetStage != null) {
        targetStage.close();
      }
      if (source != null) {
        context.dismiss(source);
      }
      if (target != null) {
        context.dismiss(target);
      }
    }
  }

  @Override
  boolean checked() {
    return true;
  }

  @Override
  boolean aligned(BoundConversion job, Chunk piece) {
    return true;
  }

  @Override
  public void close() {
    ways.forEach(Way::close);
    ways.clear();
    super.close();
  }
}
