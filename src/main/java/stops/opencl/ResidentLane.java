package stops.opencl;

import java.util.ArrayList;
import java.util.List;
import stops.engine.Chunk;
import stops.engine.Tally;
import stops.opencl.api.ClException;
import stops.opencl.api.CommandQueue;
import stops.opencl.api.DeviceBuffer;

/** A lane whose samples stay on the device, so that kernels can be timed without transfers. */
final class ResidentLane extends Lane {
  private final DeviceBuffer source;
  private final DeviceBuffer target;

  /** A lane for chunks whose source and target have at most {@code sizeBytes} bytes each. */
  ResidentLane(LaneParts parts, long sizeBytes) throws ClException {
    super(parts);
    source = DeviceBuffer.create(context, DeviceBuffer.READ_WRITE, sizeBytes);
    target = DeviceBuffer.create(context, DeviceBuffer.READ_WRITE, sizeBytes);
  }

  @Override
  List<Tally> convert(BoundConversion job, List<Chunk> chunks) throws ClException {
    List<Tally> tallies = new ArrayList<>();
    for (Chunk chunk : chunks) {
      load(chunk);
      run(job, chunk);
      tallies.add(fetch(chunk));
    }
    return tallies;
  }

  /** Kernels are those of the lanes that convert. */
  @Override
  boolean checked() {
    return !placement.shared();
  }

  @Override
  boolean aligned(BoundConversion job, Chunk piece) {
    return true;
  }

  /**
   * Uploads the source, and the target too, so that samples that a kernel does not write show up.
   */
  void load(Chunk piece) throws ClException {
    queue.write(source, piece.source());
    queue.write(target, piece.target());
  }

  /** Runs the kernel on the loaded samples and waits for it. */
  void run(BoundConversion job, Chunk piece) throws ClException {
    start(job, piece, target);
    queue.finish();
  }

  /** Starts the kernel on the loaded samples. It writes to {@code results}. */
  void start(BoundConversion job, Chunk piece, DeviceBuffer results) throws ClException {
    launch(job, piece, 0, source, results);
  }

  /** Starts a copy of {@code sizeBytes} bytes from the source to the target. */
  void copy(long sizeBytes) throws ClException {
    queue.copy(source, target, sizeBytes);
  }

  /** Downloads the results. Returns the tally of all runs since the last fetch. */
  Tally fetch(Chunk piece) throws ClException {
    queue.read(target, piece.target());
    return drain(piece, 0);
  }

  CommandQueue queue() {
    return queue;
  }

  DeviceBuffer source() {
    return source;
  }

  DeviceBuffer target() {
    return target;
  }

  @Override
  public void close() {
    context.dismiss(source);
    context.dismiss(target);
    super.close();
  }
}
