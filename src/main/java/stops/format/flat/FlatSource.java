package stops.format.flat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import stops.engine.SampleType;
import stops.image.ImageException;
import stops.image.ImageInfo;
import stops.image.ImageSource;
import stops.image.Metadata;
import stops.image.Plane;
import stops.image.Strip;
import stops.image.Window;

/**
 * An uncompressed picture, read strip by strip. Strips have one plane, with all channels
 * interleaved.
 *
 * <p>A strip is copied to memory of its own. Code that converts straight from a mapped file waits
 * for each page of it, which costs more than the copy. A read also tells when another program
 * truncated the file; a mapping does not.
 */
public final class FlatSource implements ImageSource {
  private final InputFile file;
  private final ImageInfo info;
  private final SampleLayout layout;
  private final float scale;
  private final @Nullable FortranOrder fortran;
  private final Metadata metadata;
  private final StripPlan plan;

  private FlatSource(
      InputFile file,
      ImageInfo info,
      SampleLayout layout,
      float scale,
      @Nullable FortranOrder fortran,
      Metadata metadata) {
    this.file = file;
    this.info = info;
    this.layout = layout;
    this.scale = scale;
    this.fortran = fortran;
    this.metadata = metadata;
    this.plan = StripPlan.of(layout);
  }

  /** The picture that {@code layout} finds in {@code file}. Closing it closes the file. */
  public static FlatSource of(
      InputFile file, ImageInfo info, SampleLayout layout, Metadata metadata) {
    return new FlatSource(file, info, layout, 1, null, metadata);
  }

  /** A picture of float32 samples, each multiplied by {@code scale} when it is read. */
  public static FlatSource scaled(
      InputFile file, ImageInfo info, SampleLayout layout, float scale, Metadata metadata) {
    return new FlatSource(file, info, layout, scale, null, metadata);
  }

  /** A picture whose samples lie in the file in Fortran's order. */
  public static FlatSource inFortranOrder(
      InputFile file,
      ImageInfo info,
      SampleLayout layout,
      FortranOrder fortran,
      Metadata metadata) {
    return new FlatSource(file, info, layout, 1, fortran, metadata);
  }

  @Override
  public Metadata metadata() {
    return metadata;
  }

  @Override
  public List<String> notes() {
    return file.behind(layout.offsetBytes() + layout.bytes());
  }

  /** Number of samples, all channels together. */
  long samples() {
    return layout.samples();
  }

  @Override
  public ImageInfo info() {
    return info;
  }

  @Override
  public int strips() {
    return plan.strips();
  }

  @Override
  public long stripBytes() {
    return plan.maxPixels() * layout.channels() * layout.type().bytes();
  }

  private boolean isAsInFile() {
    return layout.order() == ByteOrder.LITTLE_ENDIAN && !layout.bottomUp() && scale == 1;
  }

  @Override
  public Strip read(int index, SegmentAllocator memory) throws ImageException {
    Window window = plan.strip(index);
    long rowSamples = window.width() * layout.channels();
    long samples = rowSamples * window.height();
    int top = layout.bottomUp() ? window.yMax() : window.yMin();
    long offset = layout.position(window.xMin(), top);
    MemorySegment plane = memory.allocate(samples * layout.type().bytes(), 64);
    if (fortran != null) {
      MemorySegment bytes = file.view(layout.offsetBytes(), layout.bytes());
      long first = (offset - layout.offsetBytes()) / layout.type().bytes();
      file.reading(() -> fortran.copy(bytes, layout.type().bytes(), layout.order(), plane, first));
    } else if (isAsInFile()) {
      file.read(offset, plane);
    } else {
      MemorySegment bytes = file.view(offset, plane.byteSize());
      file.reading(() -> copy(bytes, plane, rowSamples, window.height()));
    }
    return new Strip(
        index, 0, window, List.of(new Plane(0, layout.channels(), plane, samples, rowSamples)));
  }

  private void copy(MemorySegment from, MemorySegment to, long rowSamples, long rows) {
    for (long row = 0; row < rows; row++) {
      long fromRow = layout.bottomUp() ? rows - 1 - row : row;
      SampleCopy.copy(
          new SampleCopy.Run(from, fromRow * rowSamples, 1, layout.type(), layout.order()),
          new SampleCopy.Run(to, row * rowSamples, 1, layout.type(), ByteOrder.LITTLE_ENDIAN),
          rowSamples);
    }
    if (scale != 1) {
      scale(to);
    }
  }

  private void scale(MemorySegment samples) {
    for (long at = 0; at < samples.byteSize(); at += SampleType.FLOAT32.bytes()) {
      samples.set(Plane.FLOAT32, at, samples.get(Plane.FLOAT32, at) * scale);
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
