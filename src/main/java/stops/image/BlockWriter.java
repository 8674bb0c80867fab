package stops.image;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Writes whole blocks of a file from memory to the disk, past the system's page cache. That leaves
 * the processors to those who convert: writing through the cache copies everything, has the system
 * find and clear memory for it, and reads it all again when it is synced.
 *
 * <p>Thread-safe.
 */
final class BlockWriter implements AutoCloseable {
  /** Large enough for a disk, small enough that an interrupted thread need not wait long. */
  private static final long PIECE_BYTES = 4L << 20;

  private static final long SCRATCH_BYTES = 1L << 20;

  /**
   * What is written past the cache begins and ends at multiples of this in the file: no system has
   * larger memory pages. A page that is in the cache with some of its bytes might else be written
   * back over what went past it.
   */
  static final long UNIT_BYTES = 1L << 16;

  private final FileChannel channel;
  private final long blockBytes;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment scratch;

  private BlockWriter(FileChannel channel, long blockBytes) {
    this.channel = channel;
    this.blockBytes = blockBytes;
    scratch = arena.allocate(SCRATCH_BYTES, blockBytes);
  }

  /** A writer for a file that exists, or none where the file system has no such way. */
  static Optional<BlockWriter> open(Path path) {
    try {
      long blockBytes = Files.getFileStore(path).getBlockSize();
      // Some network file systems call the size of their transfers a block.
      if (Long.bitCount(blockBytes) != 1 || blockBytes > UNIT_BYTES) {
        return Optional.empty();
      }
      return Optional.of(
          new BlockWriter(
              FileChannel.open(path, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT),
              blockBytes));
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  /**
   * Writes whole units. It takes a copy where they do not begin at a multiple of the file system's
   * block size in native memory.
   *
   * @param blocks a multiple of {@value #UNIT_BYTES} bytes
   * @param offset where they begin in the file, in bytes; likewise
   */
  void write(MemorySegment blocks, long offset) throws IOException {
    if (blocks.isNative() && blocks.address() % blockBytes == 0) {
      for (long at = 0; at < blocks.byteSize(); at += PIECE_BYTES) {
        long bytes = Math.min(PIECE_BYTES, blocks.byteSize() - at);
        writePiece(blocks.asSlice(at, bytes).asByteBuffer(), offset + at);
      }
    } else {
      writeCopies(blocks, offset);
    }
  }

  private synchronized void writeCopies(MemorySegment blocks, long offset) throws IOException {
    for (long at = 0; at < blocks.byteSize(); at += SCRATCH_BYTES) {
      long bytes = Math.min(SCRATCH_BYTES, blocks.byteSize() - at);
      MemorySegment copy = scratch.asSlice(0, bytes).copyFrom(blocks.asSlice(at, bytes));
      writePiece(copy.asByteBuffer(), offset + at);
    }
  }

  private void writePiece(ByteBuffer bytes, long offset) throws IOException {
    long at = offset;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  /**
   * Frees what it holds. The system then drops this process's locks of the file, so the file itself
   * is closed first. Closing twice is harmless.
   */
  @Override
  public synchronized void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // What was written was written.
    }
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
