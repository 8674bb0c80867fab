package stops.exr;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * Appends packed chunks, which come in any order, to a file in the order of their numbers: so the
 * file is the same whoever packed them, and OpenEXR's reader, which takes it for granted that a
 * chunk lies behind the one before it in the line order, can read it. What came too early waits in
 * memory, and where that would take too much, the thread that brought it waits. Thread-safe.
 */
final class ChunkAppender {
  /**
   * Chunks are gathered to pieces of this size, which begin in the file at multiples of it, and in
   * memory at one of {@value #ALIGNMENT}: so they can be written past the system's page cache.
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
   * An appender.
   *
   * @param start where the first chunk begins
   * @param count how many chunks there will be
   * @param mostWaitingBytes how much may wait
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
   * Takes the chunk of that number: its frame and the first {@code bytes} of {@code data}, which
   * may be used again at once. Waits for chunks before it where they are far behind.
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
   * Writes what still waits.
   *
   * @return where each chunk begins in the file, in bytes; 0 for one that never came
   */
  synchronized long[] finish() throws IOException {
    while (!waiting.isEmpty()) {
      writeFirstWaiting();
    }
    if (piece.position() > unwritten) {
      writePiece();
    }
    return offsets.clone();
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
