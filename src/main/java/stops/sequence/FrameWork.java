package stops.sequence;

import stops.convert.FileProgress;
import stops.convert.FileReport;
import stops.engine.EngineFailure;
import stops.image.ImageException;

/** The conversion of each frame. Called by several threads at once. */
@FunctionalInterface
public interface FrameWork {
  /** Converts a frame. */
  FileReport convert(Frame frame, FileProgress progress)
      throws ImageException, EngineFailure, InterruptedException;
}
