package stops.exr.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Converts between {@link BytePlanes byte planes} and planes of samples, in one pass, row by row.
 * Each piece of a row goes through an array that fits into the L1 cache. Loops that access memory
 * outside the heap directly are no faster. Java also takes longer to compile such loops.
 */
final class BytePlaneRows {
  private static final int PIECE_BYTES = 1 << 13;

  private final byte[] piece = new byte[PIECE_BYTES];

  /** Joins byte planes to samples. */
  void join(byte[] planes, BlockSamples to) {
    int odd = (int) to.block().bytes() / 2;
    int at = 0;
    long last = BytePlanes.start(planes, odd);
    for (BlockSamples.Rows rows = to.rows(); rows.next(); ) {
      MemorySegment plane = rows.plane();
      for (int done = 0; done < rows.bytes(); done += PIECE_BYTES) {
        int bytes = Math.min(PIECE_BYTES, rows.bytes() - done);
        last = BytePlanes.join(planes, at, odd + at, bytes / 2, piece, 0, last);
        MemorySegment.copy(piece, 0, plane, ValueLayout.JAVA_BYTE, rows.start() + done, bytes);
        at += bytes / 2;
      }
    }
  }

  /** Splits samples into byte planes. */
  void split(BlockSamples from, byte[] planes) {
    int odd = (int) from.block().bytes() / 2;
    int at = 0;
    long last = BytePlanes.START;
    for (BlockSamples.Rows rows = from.rows(); rows.next(); ) {
      MemorySegment plane = rows.plane();
      for (int done = 0; done < rows.bytes(); done += PIECE_BYTES) {
        int bytes = Math.min(PIECE_BYTES, rows.bytes() - done);
        MemorySegment.copy(plane, ValueLayout.JAVA_BYTE, rows.start() + done, piece, 0, bytes);
        last = BytePlanes.split(piece, 0, bytes / 2, planes, at, odd + at, last);
        at += bytes / 2;
      }
    }
    BytePlanes.connect(planes, odd, at, last);
  }
}
