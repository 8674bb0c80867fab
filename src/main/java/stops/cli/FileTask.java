package stops.cli;

import java.util.Map;
import stops.convert.FileConverter;
import stops.convert.FileProgress;
import stops.convert.FileReport;
import stops.convert.PictureRequest;
import stops.engine.EngineFailure;
import stops.image.ImageException;
import stops.sequence.Frame;

/** What a command does to each of its files. */
interface FileTask {

  /** The formats of the files. */
  FormatOptions formats();

  /** The request for a file, which is one of {@code alike} similar files in the same run. */
  PictureRequest request(Frame frame, int alike);

  /** Facts of its own about a frame, for JSON. */
  default Map<String, Object> facts(Frame frame) {
    return Map.of();
  }

  /** What the line of a frame that is done says about it; empty for nothing. */
  default String detail(Frame frame) {
    return "";
  }

  /** Does it to a file. */
  FileReport run(FileConverter converter, Frame frame, int alike, FileProgress progress)
      throws ImageException, EngineFailure, InterruptedException;
}
