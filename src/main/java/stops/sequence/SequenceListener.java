package stops.sequence;

/** Receives the progress of a sequence. Called by the working threads, one call at a time. */
public interface SequenceListener {

  /** A frame has ended. Frames end in any order. */
  void frame(FrameReport report);

  /** {@code percent} of the work is done: more than before, and 100 after the last frame. */
  void percent(int percent);
}
