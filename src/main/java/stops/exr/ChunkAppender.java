package stops.exr;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Appends packed chunks to a file in the order of their numbers. Chunks may arrive in any order.
 * The file does not depend on thread timing. OpenEXR's reader requires that chunks lie in line
 * order. An early chunk waits in memory. If the waiting chunks would take too much memory, the
 * calling thread waits. Thread-safe.
 *
 * <p>One thread at a time is the writer: the one that brings the next chunk. It writes that and the
 * chunks that wait behind it, without the lock, so that other threads can add theirs meanwhile.
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

  /** The number of the next chunk to write. */
  private int next;

  private @Nullable IOException failure;

  /** Whether a thread is the writer. Only the writer uses the fields below. */
  private boolean writing;

  private final ByteBuffer piece =
      ByteBuffer.allocateDirect(PIECE_BYTES + ALIGNMENT)
          .alignedSlice(ALIGNMENT)
          .limit(PIECE_BYTES)
          .slice();
  private int unwritten;
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
  void add(int number, ByteBuffer frame, byte[] data, int bytes) throws IOException {
    if (!begins(number, frame, data, bytes)) {
      return;
    }
    try {
      write(number, frame, ByteBuffer.wrap(data, 0, bytes));
      ByteBuffer chunk = following(0);
      for (int behind = number + 1; chunk != null; behind++) {
        int size = chunk.remaining();
        write(behind, chunk);
        chunk = following(size);
      }
    } catch (IOException e) {
      fail(e);
      throw e;
    } catch (RuntimeException | Error e) {
      fail(new IOException(e));
      throw e;
    }
  }

  /** Whether the calling thread is the writer now and begins with this chunk. If not, it waits. */
  private synchronized boolean begins(int number, ByteBuffer frame, byte[] data, int bytes)
      throws IOException {
    int size = frame.remaining() + bytes;
    while (failure == null
        && (number > next || writing)
        && waitingBytes + size > mostWaitingBytes) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw (IOException) new InterruptedIOException("interrupted").initCause(e);
      }
    }
    if (failure != null) {
      throw failure;
    }
    if (number > next || writing) {
      waiting.put(number, ByteBuffer.allocate(size).put(frame).put(data, 0, bytes).flip());
      waitingBytes += size;
      return false;
    }
    writing = true;
    return true;
  }

  /**
   * The chunk behind the one just written. If it does not wait here, the calling thread is the
   * writer no more.
   *
   * @param freedBytes bytes that the chunk just written took while it waited
   */
  private synchronized @Nullable ByteBuffer following(int freedBytes) {
    next++;
    waitingBytes -= freedBytes;
    ByteBuffer chunk = waiting.remove(next);
    writing = chunk != null;
    notifyAll();
    return chunk;
  }

  /** Lets the threads that wait for the writer fail as it did. */
  private synchronized void fail(IOException e) {
    failure = e;
    writing = false;
    notifyAll();
  }

  /**
   * Writes the waiting chunks. Called when no thread adds chunks any more.
   *
   * @return position of each chunk in the file, in bytes; 0 for a chunk that was never added
   */
  long[] finish() throws IOException {
    for (var first = firstWaiting(); first != null; first = firstWaiting()) {
      write(first.getKey(), first.getValue());
    }
    if (piece.position() > unwritten) {
      writePiece();
    }
    return offsets;
  }

  private synchronized Map.@Nullable Entry<Integer, ByteBuffer> firstWaiting() {
    return waiting.pollFirstEntry();
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
  }

  private void writePiece() throws IOException {
    int bytes = piece.position() - unwritten;
    output.write(piece.slice(unwritten, bytes), end - bytes);
    unwritten = piece.position();
  }
}
