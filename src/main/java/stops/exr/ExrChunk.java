package stops.exr;

import org.jspecify.annotations.Nullable;
import stops.exr.codec.BlockLayout;

/**
 * One chunk, not compressed, in memory that is borrowed until {@link #close}: from a reader with
 * its samples, from a writer to be filled. One thread at a time.
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

  /** The part it belongs to. */
  public int part() {
    return part;
  }

  /** Its number in the part. */
  public int index() {
    return index;
  }

  /** Its pixels, and how their samples lie in {@link #raw}. */
  public BlockLayout layout() {
    return layout;
  }

  /** Its samples: the first {@code layout().bytes()} bytes; may be longer. */
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

  /** Gives the memory back. Closing twice is harmless. */
  @Override
  public void close() {
    if (lane != null) {
      lanes.giveBack(lane);
      lane = null;
    }
  }
}
