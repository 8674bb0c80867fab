package stops.exr;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import stops.exr.codec.Compression;
import stops.exr.codec.Compressor;
import stops.exr.codec.ExrException;

/**
 * A pool of lanes, one for each working thread. A lane holds buffers and compressors. Lanes are
 * reused. Thread-safe.
 */
final class CodecPool implements AutoCloseable {
  /** A compressor's memory for fixed tables, in bytes. */
  private static final long TABLE_BYTES = 1L << 20;

  private final ConcurrentLinkedDeque<Lane> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  /** The buffers and compressors of one thread for one chunk. Not thread-safe. */
  static final class Lane implements AutoCloseable {
    private final Map<Compression, Compressor> compressors = new EnumMap<>(Compression.class);
    private byte[] raw = new byte[0];
    private byte[] packed = new byte[0];

    /** A buffer for an uncompressed block; its contents are undefined. */
    byte[] raw(int bytes) {
      raw = raw.length >= bytes ? raw : new byte[bytes];
      return raw;
    }

    /** A buffer for a block as stored in the file; its contents are undefined. */
    byte[] packed(int bytes) {
      packed = packed.length >= bytes ? packed : new byte[bytes];
      return packed;
    }

    /**
     * The lane's compressor for {@code compression}, which must not be {@link Compression#NONE}.
     */
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
   * An upper bound of a lane's memory in bytes.
   *
   * @param grids the chunk grid of each of {@code parts}
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
