package stops.format.radiance;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import stops.engine.SampleType;
import stops.format.flat.FlatPicture;
import stops.format.flat.SampleCopy;
import stops.format.flat.TargetPlanes;
import stops.image.AtomicFile;
import stops.image.ImageException;
import stops.image.ImageTarget;
import stops.image.Plane;
import stops.image.Strip;
import stops.image.Window;

/**
 * A Radiance file that is being written. Strips come in any order and shape, and the lengths of
 * coded scanlines are not known before. Therefore pixels are first put uncoded into the temporary
 * file. {@link #commit} codes one scanline after the other. The uncoded pixels lie so far behind
 * that no coded scanline overwrites a pixel that is not coded yet.
 */
final class RadianceTarget implements ImageTarget {
  private final AtomicFile file;
  private final FlatPicture picture;
  private final Window window;
  private final List<Double> factors;
  private final long headerBytes;
  private final long pixelsOffset;
  private final Rgbe rgbe = new Rgbe();

  private RadianceTarget(
      AtomicFile file, FlatPicture picture, List<Double> factors, long headerBytes) {
    this.file = file;
    this.picture = picture;
    this.window = picture.part().dataWindow();
    this.factors = factors;
    this.headerBytes = headerBytes;
    this.pixelsOffset = headerBytes + window.height() * (maxLineBytes() - lineBytes());
  }

  static RadianceTarget create(Path path, FlatPicture picture, RadianceHeader header)
      throws ImageException {
    byte[] text = header.write();
    AtomicFile file = AtomicFile.create(path);
    RadianceTarget target = new RadianceTarget(file, picture, header.factors(), text.length);
    try {
      file.expect(target.pixelsOffset + target.window.height() * target.lineBytes());
      file.write(ByteBuffer.wrap(text), 0);
    } catch (ImageException e) {
      file.close();
      throw e;
    }
    return target;
  }

  private long lineBytes() {
    return window.width() * Rgbe.BYTES;
  }

  private long maxLineBytes() {
    return RadianceRuns.fits(window.width())
        ? RadianceRuns.maxBytes((int) window.width())
        : lineBytes();
  }

  @Override
  public Strip prepare(Strip source, SegmentAllocator memory) {
    return TargetPlanes.like(source, picture.types(), memory);
  }

  /** A row of each channel as float64, and of coded pixels. */
  @Override
  public long bufferBytes() {
    return window.width() * (picture.types().size() * (long) Double.BYTES + Rgbe.BYTES);
  }

  @Override
  public void write(Strip strip) throws ImageException {
    int width = (int) strip.window().width();
    double[][] channels = new double[picture.types().size()][width];
    byte[] line = new byte[width * Rgbe.BYTES];
    for (int row = 0; row < strip.window().height(); row++) {
      for (Plane plane : strip.planes()) {
        collect(plane, row, channels);
      }
      for (int x = 0; x < width; x++) {
        rgbe.encode(channels[0][x], channels[1][x], channels[2][x], line, x * Rgbe.BYTES);
      }
      long y = (long) strip.window().yMin() + row - window.yMin();
      long x = (long) strip.window().xMin() - window.xMin();
      file.write(ByteBuffer.wrap(line), pixelsOffset + y * lineBytes() + x * Rgbe.BYTES);
    }
  }

  private void collect(Plane plane, int row, double[][] channels) {
    int first = plane.firstChannel();
    SampleType type = TargetPlanes.widest(picture.types().subList(first, first + plane.channels()));
    for (int i = 0; i < plane.channels(); i++) {
      int channel = picture.order().places()[first + i];
      double[] values = channels[channel];
      double factor = factors.get(channel);
      MemorySegment doubles = MemorySegment.ofArray(values);
      SampleCopy.copy(
          new SampleCopy.Run(
              plane.samples(),
              row * plane.rowSamples() + i,
              plane.channels(),
              type,
              ByteOrder.LITTLE_ENDIAN),
          new SampleCopy.Run(doubles, 0, 1, SampleType.FLOAT64, ByteOrder.nativeOrder()),
          values.length);
      for (int x = 0; x < values.length && factor != 1; x++) {
        values[x] *= factor;
      }
    }
  }

  @Override
  public void commit() throws ImageException {
    long end = RadianceRuns.fits(window.width()) ? code() : pixelsOffset + pixelsBytes();
    try {
      file.channel().truncate(end);
    } catch (IOException e) {
      throw file.failed(e);
    }
    file.commit();
  }

  private long pixelsBytes() {
    return window.height() * lineBytes();
  }

  /** Codes all scanlines, several at a time. Returns the end of the last one. */
  private long code() throws ImageException {
    int width = (int) window.width();
    RadianceRuns runs = new RadianceRuns(width);
    byte[] line = new byte[width * Rgbe.BYTES];
    int rows = Math.max(1, (1 << 20) / line.length);
    ByteBuffer uncoded = ByteBuffer.allocate(rows * line.length);
    ByteBuffer coded = ByteBuffer.allocate(Math.toIntExact(rows * maxLineBytes()));
    long end = headerBytes;
    for (long row = 0; row < window.height(); row += rows) {
      int count = (int) Math.min(rows, window.height() - row);
      read(uncoded.clear().limit(count * line.length), pixelsOffset + row * line.length);
      uncoded.flip();
      coded.clear();
      for (int i = 0; i < count; i++) {
        uncoded.get(line);
        coded.put(runs.bytes(), 0, runs.encode(line, width));
      }
      coded.flip();
      int length = coded.remaining();
      file.write(coded, end);
      end += length;
    }
    return end;
  }

  private void read(ByteBuffer target, long offset) throws ImageException {
    try {
      long at = offset;
      while (target.hasRemaining()) {
        int count = file.channel().read(target, at);
        if (count < 0) {
          throw new EOFException("not all strips were written");
        }
        at += count;
      }
    } catch (IOException e) {
      throw file.failed(e);
    }
  }

  @Override
  public List<String> notes() {
    List<String> notes = new ArrayList<>(picture.notes());
    String losses = rgbe.losses();
    if (!losses.isEmpty()) {
      notes.add("Radiance's RGBE cannot hold all values: " + losses);
    }
    notes.addAll(file.notes());
    return notes;
  }

  @Override
  public void close() {
    file.close();
  }
}
