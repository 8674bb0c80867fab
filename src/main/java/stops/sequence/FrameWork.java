package stops.sequence;

import stops.convert.FileConverter;
import stops.convert.FileReport;
import stops.engine.EngineFailure;
import stops.image.ImageException;

/** The conversion of each frame. Called by several threads at once. */
@FunctionalInterface
public interface FrameWork {
  /** Converts a frame. */
  FileReport convert(Frame frame, FileConverter.StripProgress progress)
      throws ImageException, EngineFailure, InterruptedException;
}
