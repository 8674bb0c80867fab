package stops.strip;

import java.lang.foreign.SegmentAllocator;
import stops.engine.EngineFailure;
import stops.image.ImageException;

/** What is done with each strip of a file. Called by several threads at once. */
@FunctionalInterface
public interface StripWork {

  /**
   * Works on one strip.
   *
   * @param index its number in the file, from 0
   * @param memory for its samples; taken back when this returns, and not zeroed
   */
  void strip(int index, SegmentAllocator memory)
      throws ImageException, EngineFailure, InterruptedException;
}
