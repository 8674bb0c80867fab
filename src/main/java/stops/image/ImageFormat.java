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
   * @param memory bound of what the file and the work on it take
   * @throws ImageException if it is damaged, not supported, or needs more memory; the message says
   *     why
   */
  ImageSource open(Path path, MemoryBound memory) throws ImageException;

  /** Opens a file for reading, in {@link MemoryBound#DEFAULT}. */
  default ImageSource open(Path path) throws ImageException {
    return open(path, MemoryBound.DEFAULT);
  }

  /**
   * Begins a file with the geometry, structure and metadata of {@code source}, as far as this
   * format has them, and the channels and types of {@code layout}.
   *
   * @param memory bound of what the work on the file takes
   * @throws ImageException if this format cannot hold that, or the file cannot be created
   */
  ImageTarget create(Path path, ImageSource source, TargetLayout layout, MemoryBound memory)
      throws ImageException;

  /** Begins a file, in {@link MemoryBound#DEFAULT}. */
  default ImageTarget create(Path path, ImageSource source, TargetLayout layout)
      throws ImageException {
    return create(path, source, layout, MemoryBound.DEFAULT);
  }
}
