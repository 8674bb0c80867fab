package stops.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import stops.exr.ExrReader;
import stops.exr.codec.ExrException;
import stops.exr.codec.Packing;
import stops.image.ImageException;
import stops.image.ImageFormat;
import stops.image.ImageSource;
import stops.image.ImageTarget;
import stops.image.MemoryBound;
import stops.image.TargetLayout;

/**
 * OpenEXR. A file made from an EXR file has the same parts, tiles, levels, windows and attributes.
 * A file made from any other has scanlines with ZIP compression.
 */
public final class ExrFormat implements ImageFormat {
  private static final int MAGIC = 20000630;

  private final @Nullable Packing packing;

  /** Files with the compression of their source, as far as it loses nothing. */
  public ExrFormat() {
    this(null);
  }

  private ExrFormat(@Nullable Packing packing) {
    this.packing = packing;
  }

  /**
   * This format, with another compression of the files that it writes.
   *
   * @param compression such as {@code ZIP}, {@code zips:9} or {@code dwaa:100}, see {@link Packing}
   * @throws IllegalArgumentException if it is none that is written; the message is one line
   */
  public static ExrFormat compressed(String compression) {
    return new ExrFormat(Packing.parse(compression));
  }

  @Override
  public String name() {
    return "OpenEXR";
  }

  @Override
  public List<String> extensions() {
    return List.of("exr");
  }

  @Override
  public boolean recognises(ByteBuffer head) {
    return head.remaining() >= 4
        && head.duplicate().order(ByteOrder.LITTLE_ENDIAN).getInt(head.position()) == MAGIC;
  }

  @Override
  public ImageSource open(Path path, MemoryBound memory) throws ImageException {
    try {
      return new ExrSource(
          path,
          name(),
          ExrReader.open(
              path,
              memory.description(),
              bytes -> memory.describedTooMuch("its header and its table of chunks", bytes)));
    } catch (ExrException e) {
      throw ImageException.input(path, e.problem(), e);
    } catch (IOException e) {
      throw ImageException.unreadable(path, e);
    } catch (OutOfMemoryError | StackOverflowError e) {
      throw ImageException.exhausted(path, e);
    }
  }

  @Override
  public ImageTarget create(Path path, ImageSource source, TargetLayout layout, MemoryBound memory)
      throws ImageException {
    return ExrTarget.create(path, source, layout, packing, memory);
  }
}
