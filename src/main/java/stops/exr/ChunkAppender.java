package stops.exr;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * Appends packed chunks to a file in the order of their numbers. Chunks may arrive in any order.
 * The file does not depend on thread timing. OpenEXR's reader requires that chunks lie in line
 * order. An early chunk waits in memory. If the waiting chunks would take too much memory, the
 * calling thread waits. Thread-safe.
 */
final class ChunkAppender {
  /**
   * Size in bytes of one write. Each piece begins in the file at a multiple of this size, and in
   * memory at a multiple of {@value #ALIGNMENT}. This alignment permits writes that bypass the
   * system's page cache.
   */
  static final int PIECE_BYTES = 1 << 21;

  private static final int ALIGNMENT = 1 << 12;

  private final ExrOutput output;
  private final long mostWaitingBytes;
  private final long[] offsets;
  private final TreeMap<Integer, ByteBuffer> waiting = new TreeMap<>();
  private long waitingBytes;
  private final ByteBuffer piece =
      ByteBuffer.allocateDirect(PIECE_BYTES + ALIGNMENT)
          .alignedSlice(ALIGNMENT)
          .limit(PIECE_BYTES)
          .slice();
  private int unwritten;
  private int next;
  private long end;

  /**
   * Creates an appender.
   *
   * @param start position of the first chunk in the file, in bytes
   * @param count number of chunks
   * @param mostWaitingBytes limit of the memory for waiting chunks, in bytes
   */
  ChunkAppender(ExrOutput output, long start, int count, long mostWaitingBytes) {
    this.output = output;
    this.end = start;
    unwritten = (int) (start % PIECE_BYTES);
    piece.position(unwritten);
    this.offsets = new long[count];
    this.mostWaitingBytes = mostWaitingBytes;
  }

  /**
   * Adds the chunk {@code number}: its frame and the first {@code bytes} of {@code data}. The
   * caller may reuse {@code data} at once. The call blocks while earlier chunks are far behind.
   *
   * @throws InterruptedIOException if the thread was interrupted while it waited
   */
  synchronized void add(int number, ByteBuffer frame, byte[] data, int bytes) throws IOException {
    int size = frame.remaining() + bytes;
    while (number > next && waitingBytes + size > mostWaitingBytes) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw (IOException) new InterruptedIOException("interrupted").initCause(e);
      }
    }
    if (number > next) {
      waiting.put(number, ByteBuffer.allocate(size).put(frame).put(data, 0, bytes).flip());
      waitingBytes += size;
    } else {
      write(number, frame, ByteBuffer.wrap(data, 0, bytes));
    }
    while (!waiting.isEmpty() && waiting.firstKey() == next) {
      writeFirstWaiting();
    }
    notifyAll();
  }

  /**
   * Writes the waiting chunks.
   *
   * @return position of each chunk in the file, in bytes; 0 for a chunk that was never added
   */
  synchronized long[] finish() throws IOException {
    while (!waiting.isEmpty()) {
      writeFirstWaiting();
    }
    if (piece.position() > unwritten) {
      writePiece();
    }
    return offsets;
  }

  private void writeFirstWaiting() throws IOException {
    Map.Entry<Integer, ByteBuffer> first = waiting.pollFirstEntry();
    waitingBytes -= first.getValue().remaining();
    write(first.getKey(), first.getValue());
  }

  private void write(int number, ByteBuffer... parts) throws IOException {
    offsets[number] = end;
    for (ByteBuffer part : parts) {
      while (part.hasRemaining()) {
        int bytes = Math.min(part.remaining(), piece.remaining());
        piece.put(piece.position(), part, part.position(), bytes);
        part.position(part.position() + bytes);
        piece.position(piece.position() + bytes);
        end += bytes;
        if (!piece.hasRemaining()) {
          writePiece();
          piece.clear();
          unwritten = 0;
        }
      }
    }
    next = Math.max(next, number + 1);
  }

  private void writePiece() throws IOException {
    int bytes = piece.position() - unwritten;
    output.write(piece.slice(unwritten, bytes), end - bytes);
    unwritten = piece.position();
  }
}
