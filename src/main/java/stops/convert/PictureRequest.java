package stops.convert;

import java.nio.file.Path;
import java.util.List;

/**
 * What is to be done to the light of a file.
 *
 * <p>API: programs that use Stops may rely on it.
 */
public sealed interface PictureRequest permits FileRequest, AdjustRequest {

  /** The file to read. */
  Path input();

  /** The file to write; may be the input. */
  Path output();

  /** The channels by name or pattern; empty for the default. */
  List<String> channels();

  /** The channels, layers and parts to leave as they are, by name or pattern. */
  List<String> exclude();

  /** Number of similar files in the same run, 1 or more. */
  long alike();
}
