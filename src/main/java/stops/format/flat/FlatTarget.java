package stops.format.flat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import stops.engine.SampleType;
import stops.image.AtomicFile;
import stops.image.ImageException;
import stops.image.ImageTarget;
import stops.image.Plane;
import stops.image.Strip;
import stops.image.Window;

/**
 * An uncompressed picture that is being written, from strips of any source in any order.
 *
 * <p>Strips are filled in memory and then written to their place. That is as quick as a mapped
 * file, and a full disk is an error of the write, not a fault of the code that fills the mapping.
 */
public final class FlatTarget implements ImageTarget {
  private static final long SCRATCH_BYTES = 1L << 20;

  /** Of longer rows, strips have a part. */
  private static final long LONGEST_BYTES = 4L << 20;

  private final AtomicFile file;
  private final FlatPicture picture;
  private final SampleLayout layout;

  private FlatTarget(AtomicFile file, FlatPicture picture, SampleLayout layout) {
    this.file = file;
    this.picture = picture;
    this.layout = layout;
  }

  /**
   * Begins the file.
   *
   * @param header all bytes before the first sample
   */
  public static FlatTarget create(
      Path path, FlatPicture picture, byte[] header, ByteOrder order, boolean bottomUp)
      throws ImageException {
    SampleLayout layout =
        new SampleLayout(
            picture.part().dataWindow(),
            picture.types().size(),
            picture.samples(),
            picture.type(),
            order,
            bottomUp,
            header.length);
    AtomicFile file = AtomicFile.create(path);
    try {
      file.expect(header.length + layout.bytes());
      file.write(ByteBuffer.wrap(header), 0);
    } catch (ImageException e) {
      file.close();
      throw e;
    }
    return new FlatTarget(file, picture, layout);
  }

  @Override
  public Strip prepare(Strip source, SegmentAllocator memory) {
    return TargetPlanes.like(source, picture.types(), memory);
  }

  /** Rows in the order of the file, or parts of long ones. */
  @Override
  public long bufferBytes() {
    return Math.max(
        Math.min(SCRATCH_BYTES, layout.bytes()), Math.min(LONGEST_BYTES, layout.rowBytes()));
  }

  @Override
  public void write(Strip strip) throws ImageException {
    if (isAsInFile(strip)) {
      Window window = strip.window();
      file.write(
          strip.planes().getFirst().samples(), layout.position(window.xMin(), window.yMin()));
    } else {
      writeRows(strip);
    }
  }

  private boolean isAsInFile(Strip strip) {
    Plane plane = strip.planes().getFirst();
    return plane.channels() == layout.channels()
        && TargetPlanes.widest(picture.types()) == layout.type()
        && isInOrder()
        && layout.order() == ByteOrder.LITTLE_ENDIAN
        && layout.isRun(strip.window());
  }

  private boolean isInOrder() {
    int[] places = picture.order().places();
    for (int i = 0; i < places.length; i++) {
      if (places[i] != i) {
        return false;
      }
    }
    return true;
  }

  /** Arranges rows in scratch memory: as many as fit and lie one behind the other in the file. */
  private void writeRows(Strip strip) throws ImageException {
    Window window = strip.window();
    long rowBytes = window.width() * layout.channels() * layout.type().bytes();
    boolean whole = window.width() == layout.window().width();
    long rows = whole ? Math.clamp(SCRATCH_BYTES / rowBytes, 1, window.height()) : 1;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment scratch = arena.allocate(rows * rowBytes, 64);
      for (long row = 0; row < window.height(); row += rows) {
        long count = Math.min(rows, window.height() - row);
        for (long i = 0; i < count; i++) {
          long at = layout.bottomUp() ? count - 1 - i : i;
          gather(strip, row + i, scratch.asSlice(at * rowBytes, rowBytes));
        }
        long first = layout.bottomUp() ? row + count - 1 : row;
        file.write(
            scratch.asSlice(0, count * rowBytes),
            layout.position(window.xMin(), (int) (window.yMin() + first)));
      }
    }
  }

  /** Fills {@code target} with one row, channels in the order of the file. */
  private void gather(Strip strip, long row, MemorySegment target) {
    long width = strip.window().width();
    for (Plane plane : strip.planes()) {
      int first = plane.firstChannel();
      SampleType type =
          TargetPlanes.widest(picture.types().subList(first, first + plane.channels()));
      for (int i = 0; i < plane.channels(); i++) {
        int channel = first + i;
        SampleCopy.copy(
            new SampleCopy.Run(
                plane.samples(),
                row * plane.rowSamples() + i,
                plane.channels(),
                type,
                ByteOrder.LITTLE_ENDIAN),
            new SampleCopy.Run(
                target,
                picture.order().places()[channel],
                layout.channels(),
                layout.type(),
                layout.order()),
            width);
      }
    }
  }

  @Override
  public boolean waitsForDisk() {
    return file.waitsForDisk();
  }

  @Override
  public List<String> notes() {
    return Stream.concat(picture.notes().stream(), file.notes().stream()).toList();
  }

  @Override
  public void commit() throws ImageException {
    file.commit();
  }

  @Override
  public void close() {
    file.close();
  }
}
