package stops.exr;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import stops.exr.codec.Compression;
import stops.exr.codec.Compressor;
import stops.exr.codec.ExrException;

/**
 * Buffers and compressors for as many threads as are at work at once, each lane used again by the
 * next. Thread-safe.
 */
final class CodecPool implements AutoCloseable {
  /** What a compressor takes whatever the block. */
  private static final long TABLE_BYTES = 1L << 20;

  private final ConcurrentLinkedDeque<Lane> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  /** What one thread needs for one chunk. Not thread-safe. */
  static final class Lane implements AutoCloseable {
    private final Map<Compression, Compressor> compressors = new EnumMap<>(Compression.class);
    private byte[] raw = new byte[0];
    private byte[] packed = new byte[0];

    /** A buffer for a block that is not compressed; what it holds is undefined. */
    byte[] raw(int bytes) {
      raw = raw.length >= bytes ? raw : new byte[bytes];
      return raw;
    }

    /** A buffer for a block as it is in the file; what it holds is undefined. */
    byte[] packed(int bytes) {
      packed = packed.length >= bytes ? packed : new byte[bytes];
      return packed;
    }

    /** The compressor, not for {@link Compression#NONE}. */
    Compressor compressor(Compression compression) throws ExrException {
      Compressor compressor = compressors.get(compression);
      if (compressor == null) {
        compressor = Compressor.of(compression);
        compressors.put(compression, compressor);
      }
      return compressor;
    }

    @Override
    public void close() {
      compressors.values().forEach(Compressor::close);
      compressors.clear();
    }
  }

  /**
   * An upper bound of the bytes that a lane takes.
   *
   * @param grids one for each of {@code parts}
   */
  static long bytes(List<ChunkGrid> grids, List<ExrHeader> parts) {
    long most = 0;
    for (int part = 0; part < parts.size(); part++) {
      int blocks = 2 + parts.get(part).compression().scratchBlocks();
      most = Math.max(most, blocks * grids.get(part).largestBlock());
    }
    return TABLE_BYTES + most;
  }

  Lane take() {
    Lane lane = idle.pollFirst();
    return lane == null ? new Lane() : lane;
  }

  void giveBack(Lane lane) {
    idle.addFirst(lane);
    if (closed) {
      close();
    }
  }

  @Override
  public void close() {
    closed = true;
    for (Lane lane = idle.pollFirst(); lane != null; lane = idle.pollFirst()) {
      lane.close();
    }
  }
}
