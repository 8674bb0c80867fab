package stops.exr;

import org.jspecify.annotations.Nullable;
import stops.exr.codec.BlockLayout;

/**
 * One uncompressed chunk. A reader's chunk contains samples. A writer's chunk is for the caller to
 * fill. The memory is borrowed until {@link #close}. Not thread-safe.
 */
public final class ExrChunk implements AutoCloseable {
  private final int part;
  private final int index;
  private final BlockLayout layout;
  private final byte[] raw;
  private final CodecPool lanes;
  private CodecPool.@Nullable Lane lane;

  ExrChunk(
      int part, int index, BlockLayout layout, byte[] raw, CodecPool lanes, CodecPool.Lane lane) {
    this.part = part;
    this.index = index;
    this.layout = layout;
    this.raw = raw;
    this.lanes = lanes;
    this.lane = lane;
  }

  /** The number of the chunk's part. */
  public int part() {
    return part;
  }

  /** The chunk's number in the part. */
  public int index() {
    return index;
  }

  /** The chunk's pixels, and the order of their samples in {@link #raw}. */
  public BlockLayout layout() {
    return layout;
  }

  /** The samples, in the first {@code layout().bytes()} bytes. The array may be longer. */
  public byte[] raw() {
    lane();
    return raw;
  }

  CodecPool.Lane lane() {
    if (lane == null) {
      throw new IllegalStateException("the chunk is closed");
    }
    return lane;
  }

  /** Returns the memory to the reader or writer. Closing twice is harmless. */
  @Override
  public void close() {
    if (lane != null) {
      lanes.giveBack(lane);
      lane = null;
    }
  }
}
