package stops.exr.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * {@link BytePlanes} between byte planes and the planes of samples in which they are needed: one
 * pass in each direction, row by row. On its way, a piece of a row lies in an array that stays in
 * the nearest cache. Loops that reach memory outside the heap themselves are no faster, and take
 * Java longer to compile: more than is saved for one picture.
 */
final class BytePlaneRows {
  private static final int PIECE_BYTES = 1 << 13;

  private final byte[] piece = new byte[PIECE_BYTES];

  /** Stores the samples of which these are the byte planes. */
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

  /** Makes byte planes of samples. */
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
