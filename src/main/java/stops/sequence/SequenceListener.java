package stops.sequence;

/** Hears how a sequence gets on. Called by the working threads, one at a time. */
public interface SequenceListener {

  /** A frame has ended. Frames end in any order. */
  void frame(FrameReport report);

  /** {@code percent} of the work are done, more than before; 100 after the last frame. */
  void percent(int percent);
}
