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
 * Writes whole blocks of a file from memory to the disk, past the system's page cache. That saves
 * processor time for conversions: a write through the cache copies everything, takes and clears
 * memory, and reads that memory again when the file is synced.
 *
 * <p>Thread-safe.
 */
final class BlockWriter implements AutoCloseable {
  /** Size of one write: large enough for a disk, and an interrupted thread need not wait long. */
  private static final long PIECE_BYTES = 4L << 20;

  private static final long SCRATCH_BYTES = 1L << 20;

  /**
   * Writes past the cache begin and end at multiples of this offset in the file. No system has
   * larger memory pages. Otherwise a page of the cache that holds some of these bytes might be
   * written back over them.
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

  /** A writer for a file that exists; none where the file system cannot write past the cache. */
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
   * Writes whole units. Unless they lie in native memory, at a multiple of the file system's block
   * size, they are copied to such a place first.
   *
   * @param blocks a multiple of {@value #UNIT_BYTES} bytes
   * @param offset in the file, in bytes: a multiple of {@value #UNIT_BYTES} too
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
   * Closes the channel and frees the memory. The system then drops all locks that this process has
   * on the file, so the temporary file has to be closed before. Closing twice is harmless.
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
