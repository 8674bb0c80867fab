package stops.format.flat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import stops.engine.SampleType;
import stops.image.ImageException;
import stops.image.ImageInfo;
import stops.image.ImageSource;
import stops.image.MemoryBound;
import stops.image.Metadata;
import stops.image.Plane;
import stops.image.Strip;
import stops.image.StripPlace;
import stops.image.Window;

/**
 * An uncompressed picture, read strip by strip. Strips have one plane, with all channels
 * interleaved.
 *
 * <p>A strip is read into memory of its own and put in order there. Code that converts straight
 * from a mapped file waits for each page of it, which costs more than the copy. A read also tells
 * when another program truncated the file; a mapping does not.
 */
public final class FlatSource implements ImageSource {
  /** Strips that there is to be memory for, with what they become. */
  private static final int STRIPS = 8;

  private static final int TURN_BYTES = 1 << 13;

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
      Metadata metadata,
      MemoryBound memory) {
    this.file = file;
    this.info = info;
    this.layout = layout;
    this.scale = scale;
    this.fortran = fortran;
    this.metadata = metadata;
    this.plan = StripPlan.of(layout, memory.strips() / STRIPS);
  }

  /** The picture that {@code layout} finds in {@code file}. Closing it closes the file. */
  public static FlatSource of(
      InputFile file, ImageInfo info, SampleLayout layout, Metadata metadata, MemoryBound memory) {
    return new FlatSource(file, info, layout, 1, null, metadata, memory);
  }

  /** A picture of float32 samples, each multiplied by {@code scale} when it is read. */
  public static FlatSource scaled(
      InputFile file,
      ImageInfo info,
      SampleLayout layout,
      float scale,
      Metadata metadata,
      MemoryBound memory) {
    return new FlatSource(file, info, layout, scale, null, metadata, memory);
  }

  /** A picture whose samples lie in the file in Fortran's order. */
  public static FlatSource inFortranOrder(
      InputFile file,
      ImageInfo info,
      SampleLayout layout,
      FortranOrder fortran,
      Metadata metadata,
      MemoryBound memory) {
    return new FlatSource(file, info, layout, 1, fortran, metadata, memory);
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
  public Optional<StripPlace> place(int index) {
    return Optional.of(new StripPlace(0, plan.strip(index)));
  }

  @Override
  public long stripBytes() {
    return plan.maxPixels() * layout.channels() * layout.type().bytes();
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
      long first = (offset - layout.offsetBytes()) / layout.type().bytes();
      fortran.read(file, layout.offsetBytes(), layout.type().bytes(), plane, first);
    } else {
      file.read(offset, plane);
    }
    putInOrder(plane, rowSamples, window.height());
    return new Strip(
        index, 0, window, List.of(new Plane(0, layout.channels(), plane, samples, rowSamples)));
  }

  /** Makes rows, bytes and values of samples, as they lie in the file, those of the strip. */
  private void putInOrder(MemorySegment samples, long rowSamples, long rows) {
    if (layout.bottomUp()) {
      turn(samples, rowSamples * layout.type().bytes(), rows);
    }
    if (layout.order() != ByteOrder.LITTLE_ENDIAN) {
      SampleCopy.copy(
          new SampleCopy.Run(samples, 0, 1, layout.type(), layout.order()),
          new SampleCopy.Run(samples, 0, 1, layout.type(), ByteOrder.LITTLE_ENDIAN),
          rowSamples * rows);
    }
    if (scale != 1) {
      scale(samples);
    }
  }

  /** Swaps the first row with the last one, and so on. */
  private static void turn(MemorySegment samples, long rowBytes, long rows) {
    byte[] piece = new byte[(int) Math.min(rowBytes, TURN_BYTES)];
    MemorySegment kept = MemorySegment.ofArray(piece);
    for (long row = 0; row < rows / 2; row++) {
      long upper = row * rowBytes;
      long lower = (rows - 1 - row) * rowBytes;
      for (long done = 0; done < rowBytes; done += piece.length) {
        long bytes = Math.min(piece.length, rowBytes - done);
        MemorySegment.copy(samples, upper + done, kept, 0, bytes);
        MemorySegment.copy(samples, lower + done, samples, upper + done, bytes);
        MemorySegment.copy(kept, 0, samples, lower + done, bytes);
      }
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
