package stops.exr;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import stops.exr.codec.Compression;
import stops.exr.codec.Compressor;
import stops.exr.codec.ExrException;
import stops.exr.codec.Packing;

/**
 * Lanes for chunks in work: buffers and compressors, reused from chunk to chunk. All files share
 * them, so that one lane follows a thread from file to file. The pool holds memory only while a
 * file is open. Thread-safe.
 */
final class CodecPool {
  /** The pool of all files. */
  static final CodecPool SHARED = new CodecPool();

  /** A compressor's memory for fixed tables, in bytes. */
  private static final long TABLE_BYTES = 1L << 20;

  /** A lane that served blocks so many times as large as the next one is not kept for it. */
  private static final int MUCH_LARGER = 4;

  private final Deque<Lane> idle = new ArrayDeque<>();
  private int files;

  /** The buffers and compressors of one thread for one chunk. Not thread-safe. */
  static final class Lane implements AutoCloseable {
    private final Map<Packing, Compressor> compressors = new HashMap<>();
    private byte[] raw = new byte[0];
    private byte[] packed = new byte[0];
    private long largestBlock;

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

    /** The lane's compressor for a packing, whose compression is not {@link Compression#NONE}. */
    Compressor compressor(Packing packing) throws ExrException {
      Compressor compressor = compressors.get(packing);
      if (compressor == null) {
        compressor = Compressor.of(packing);
        compressors.put(packing, compressor);
      }
      return compressor;
    }

    /** The lane's compressor for reading. */
    Compressor compressor(Compression compression) throws ExrException {
      return compressor(Packing.of(compression));
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
      int blocks = parts.get(part).compression().bufferBlocks();
      most = Math.max(most, blocks * grids.get(part).largestBlock());
    }
    return TABLE_BYTES + most;
  }

  /** Notes that a file uses the pool. */
  synchronized void enter() {
    files++;
  }

  /**
   * A lane for a block; the lane given back last, if that suits.
   *
   * @param blockBytes the largest block of the file, in bytes
   */
  Lane take(long blockBytes) {
    Lane lane = idleLane();
    if (lane != null && lane.largestBlock / MUCH_LARGER > Math.max(blockBytes, TABLE_BYTES)) {
      lane.close();
      lane = null;
    }
    lane = lane == null ? new Lane() : lane;
    lane.largestBlock = Math.max(lane.largestBlock, blockBytes);
    return lane;
  }

  private synchronized @Nullable Lane idleLane() {
    return idle.pollFirst();
  }

  synchronized void giveBack(Lane lane) {
    if (files == 0) {
      lane.close();
    } else {
      idle.addFirst(lane);
    }
  }

  /** Notes that a file no longer uses the pool. */
  synchronized void leave() {
    files--;
    if (files == 0) {
      idle.forEach(Lane::close);
      idle.clear();
    }
  }
}
