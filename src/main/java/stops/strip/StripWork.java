package stops.strip;

import java.lang.foreign.SegmentAllocator;
import stops.engine.EngineFailure;
import stops.image.ImageException;

/** The work on each strip of a file. Called by several threads at the same time. */
@FunctionalInterface
public interface StripWork {

  /**
   * Works on one strip.
   *
   * @param index index of the strip in the file, from 0
   * @param memory allocates memory for its samples, not zeroed and valid until this method returns
   */
  void strip(int index, SegmentAllocator memory)
      throws ImageException, EngineFailure, InterruptedException;
}
