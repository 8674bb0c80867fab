package stops.format;

import java.io.IOException;
import java.nio.file.Path;
import stops.image.ImageException;

/** The failure of a read, for {@link ExrSource}. */
final class InputProblem {
  private InputProblem() {}

  static ImageException of(Path path, IOException cause) {
    return ImageException.unreadable(path, cause);
  }
}
