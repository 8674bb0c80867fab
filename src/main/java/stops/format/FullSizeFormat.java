package stops.format;

import java.lang.foreign.SegmentAllocator;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import stops.image.ImageException;
import stops.image.ImageFormat;
import stops.image.ImageSource;
import stops.image.ImageTarget;
import stops.image.MemoryBound;
import stops.image.Strip;
import stops.image.TargetLayout;

/**
 * A format whose files hold one picture. An EXR file may hold smaller copies of its picture, its
 * levels. They are left out of such a file, with a note.
 *
 * @param format writes the picture
 */
record FullSizeFormat(ImageFormat format) implements ImageFormat {

  @Override
  public String name() {
    return format.name();
  }

  @Override
  public List<String> extensions() {
    return format.extensions();
  }

  @Override
  public boolean recognises(ByteBuffer head) {
    return format.recognises(head);
  }

  @Override
  public ImageSource open(Path path, MemoryBound memory) throws ImageException {
    return format.open(path, memory);
  }

  @Override
  public ImageTarget create(Path path, ImageSource source, TargetLayout layout, MemoryBound memory)
      throws ImageException {
    return fullSize(format.create(path, source, layout, memory), source);
  }

  /** A target that gets the strips of the picture itself, not those of smaller levels. */
  static ImageTarget fullSize(ImageTarget target, ImageSource source) {
    return source instanceof ExrSource exr && exr.layout().haveSmaller()
        ? new FullSizeTarget(target, exr.layout())
        : target;
  }

  private record FullSizeTarget(ImageTarget target, ExrStrips strips) implements ImageTarget {

    @Override
    public Strip prepare(Strip source, SegmentAllocator memory) throws ImageException {
      return target.prepare(source, memory);
    }

    @Override
    public long bufferBytes() {
      return target.bufferBytes();
    }

    @Override
    public boolean waitsForDisk() {
      return target.waitsForDisk();
    }

    @Override
    public void write(Strip strip) throws ImageException {
      if (strips.isFullSize(strip.index())) {
        target.write(strip);
      }
    }

    @Override
    public List<String> notes() {
      List<String> notes = new ArrayList<>(target.notes());
      notes.add("the smaller copies of the picture (its levels) are not kept");
      return notes;
    }

    @Override
    public void commit() throws ImageException {
      target.commit();
    }

    @Override
    public void close() {
      target.close();
    }
  }
}
