package stops.format.exr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Map;
import java.util.TreeMap;

/**
 * Appends packed chunks, which come in any order, to a file in the order of their numbers, so that
 * the file is the same whoever packed them. What came too early waits; where that would take too
 * much memory, it is written as it came, which readers do not mind. Thread-safe.
 */
final class ChunkAppender {
  /** A larger write would keep as much native memory for every thread. */
  private static final int LARGEST_WRITE = 1 << 18;

  private final FileChannel channel;
  private final long mostWaitingBytes;
  private final long[] offsets;
  private final TreeMap<Integer, ByteBuffer> waiting = new TreeMap<>();
  private long waitingBytes;
  private int next;
  private long end;

  /**
   * An appender.
   *
   * @param start where the first chunk begins
   * @param count how many chunks there will be
   * @param mostWaitingBytes how much may wait
   */
  ChunkAppender(FileChannel channel, long start, int count, long mostWaitingBytes) {
    this.channel = channel;
    this.end = start;
    this.offsets = new long[count];
    this.mostWaitingBytes = mostWaitingBytes;
  }

  /**
   * Takes the chunk of that number: its frame and the first {@code bytes} of {@code data}, which
   * may be used again at once.
   */
  synchronized void add(int number, ByteBuffer frame, byte[] data, int bytes) throws IOException {
    if (number > next) {
      int size = frame.remaining() + bytes;
      waiting.put(number, ByteBuffer.allocate(size).put(frame).put(data, 0, bytes).flip());
      waitingBytes += size;
      while (waitingBytes > mostWaitingBytes) {
        writeFirstWaiting();
      }
    } else {
      write(number, frame, ByteBuffer.wrap(data, 0, bytes));
    }
    while (!waiting.isEmpty() && waiting.firstKey() == next) {
      writeFirstWaiting();
    }
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
    return offsets.clone();
  }

  /** Writes all that remains in {@code bytes}. */
  static void write(FileChannel channel, long position, ByteBuffer bytes) throws IOException {
    long at = position;
    int limit = bytes.limit();
    while (bytes.position() < limit) {
      bytes.limit(Math.min(limit, bytes.position() + LARGEST_WRITE));
      at += channel.write(bytes, at);
      bytes.limit(limit);
    }
  }

  private void writeFirstWaiting() throws IOException {
    Map.Entry<Integer, ByteBuffer> first = waiting.pollFirstEntry();
    waitingBytes -= first.getValue().remaining();
    write(first.getKey(), first.getValue());
  }

  private void write(int number, ByteBuffer... pieces) throws IOException {
    offsets[number] = end;
    for (ByteBuffer piece : pieces) {
      int bytes = piece.remaining();
      write(channel, end, piece);
      end += bytes;
    }
    next = Math.max(next, number + 1);
  }
}
