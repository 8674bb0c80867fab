package stops.engine;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Cuts a run of samples into pieces, and takes pieces back that were not done. Guarded by the lock
 * of the {@link LeaseQueue}.
 */
final class Cutter {
  private final long end;
  private final Deque<Piece> returned = new ArrayDeque<>();
  private long returnedSamples;
  private long next;

  Cutter(long samples) {
    end = samples;
  }

  /** How many samples wait to be cut off. */
  long left() {
    return end - next + returnedSamples;
  }

  /** Cuts off {@code samples} samples, or fewer where a returned piece is shorter. */
  Piece cut(long samples) {
    Piece back = returned.poll();
    if (back == null) {
      Piece piece = new Piece(next, Math.min(samples, end - next));
      next += piece.samples();
      return piece;
    }
    returnedSamples -= back.samples();
    if (back.samples() > samples) {
      takeBack(new Piece(back.first() + samples, back.samples() - samples));
      return new Piece(back.first(), samples);
    }
    return back;
  }

  void takeBack(Piece piece) {
    returned.push(piece);
    returnedSamples += piece.samples();
  }
}
