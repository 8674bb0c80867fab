package stops.image;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** A file format: how to tell, open and create its files. Stateless and thread-safe. */
public interface ImageFormat {

  /** Its name for people, such as {@code OpenEXR}. */
  String name();

  /** File name endings without the dot, in lower case; the first is the usual one. */
  List<String> extensions();

  /** Whether a file that begins with these bytes (64 KiB, or all it has) is one of this format. */
  boolean recognises(ByteBuffer head);

  /**
   * Opens a file for reading.
   *
   * @throws ImageException if it is damaged or not supported; the message says why
   */
  ImageSource open(Path path) throws ImageException;

  /**
   * Begins a file with the geometry, structure and metadata of {@code source}, as far as this
   * format has them, and the channels and types of {@code layout}.
   *
   * @throws ImageException if this format cannot hold that, or the file cannot be created
   */
  ImageTarget create(Path path, ImageSource source, TargetLayout layout) throws ImageException;
}
