package stops.cli;

import java.nio.file.Path;
import stops.convert.FileConverter;
import stops.convert.FileProgress;
import stops.convert.FileReport;
import stops.convert.PictureRequest;
import stops.engine.EngineFailure;
import stops.image.ImageException;

/** What a command does to each of its files. */
interface FileTask {

  /** The formats of the files. */
  FormatOptions formats();

  /** The request for a file, which is one of {@code alike} similar files in the same run. */
  PictureRequest request(Path input, Path output, int alike);

  /** Does it to a file. */
  FileReport run(FileConverter converter, Path input, Path output, int alike, FileProgress progress)
      throws ImageException, EngineFailure, InterruptedException;
}
