package stops.sequence;

/** Adds up the progress of a sequence's frames, and tells a listener. Thread-safe. */
final class SequenceProgress {
  private final int frames;
  private final SequenceListener listener;
  private double fractions;
  private int ended;
  private int told;

  SequenceProgress(int frames, SequenceListener listener) {
    this.frames = frames;
    this.listener = listener;
  }

  /** The progress of one frame. Thread-safe. */
  final class OfFrame {
    private double fraction;

    /** {@code done} of {@code all} strips are written. */
    void strips(int done, int all) {
      synchronized (SequenceProgress.this) {
        advance((double) done / all);
      }
    }

    /** The frame has ended. */
    void end(FrameReport report) {
      synchronized (SequenceProgress.this) {
        listener.frame(report);
        ended++;
        advance(1);
      }
    }

    private void advance(double to) {
      // Several threads write strips of a frame, so their calls may come in another order.
      if (to > fraction) {
        fractions += to - fraction;
        fraction = to;
      }
      int percent = ended == frames ? 100 : Math.min(99, (int) (100 * fractions / frames));
      if (percent > told) {
        told = percent;
        listener.percent(percent);
      }
    }
  }
}
