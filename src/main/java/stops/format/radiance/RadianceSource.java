package stops.format.radiance;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import stops.engine.SampleType;
import stops.format.flat.InputFile;
import stops.image.Channel;
import stops.image.Domain;
import stops.image.ImageException;
import stops.image.ImageInfo;
import stops.image.ImageSource;
import stops.image.MemoryBound;
import stops.image.Metadata;
import stops.image.Part;
import stops.image.Plane;
import stops.image.Strip;
import stops.image.StripPlace;
import stops.image.Window;

/**
 * A Radiance file that is open for reading. A strip is whole rows, with one plane of float32. Where
 * scanlines are columns, reading a strip decodes all of them and keeps the strip's rows.
 */
final class RadianceSource implements ImageSource {
  private static final int CHANNELS = 3;
  private static final int PIXEL_BYTES = CHANNELS * 4;
  private static final long STRIP_BYTES = 4L << 20;
  private static final long COLUMN_STRIP_BYTES = 64L << 20;
  private static final long BLOCK_ROWS = 16;
  private static final long MOST_ROWS = 1 << 16;

  /** Strips that there is to be memory for, with what they become. */
  private static final int STRIPS = 8;

  /** The same where scanlines are columns, all of which are decoded for each strip. */
  private static final int COLUMN_STRIPS = 4;

  /** The most times that all columns are decoded. */
  private static final long MOST_PASSES = 16;

  /**
   * Longest scanline. Only runs of the old code could make a longer one, and nobody writes them.
   */
  private static final int MAX_SCANLINE = 1 << 18;

  /** No file has more pixels for each byte in practice. */
  private static final long MAX_PIXELS_PER_BYTE = 4096;

  private final InputFile file;
  private final RadianceHeader header;
  private final ImageInfo info;
  private final int rows;
  private final long[] offsets;
  private final double[] factors;
  private long end;

  /** Reads the header and finds the scanlines. Closing the source closes the file. */
  RadianceSource(InputFile file, MemoryBound memory) throws ImageException {
    this.file = file;
    this.header = RadianceHeader.read(file);
    this.factors = header.factors().stream().mapToDouble(Double::doubleValue).toArray();
    long room = file.size() - header.bytes();
    long scanlines = header.columns() ? header.width() : header.height();
    if (scanlines > room / Rgbe.BYTES
        || scanlineLength() > MAX_SCANLINE
        || (long) header.width() * header.height() > room * MAX_PIXELS_PER_BYTE) {
      throw file.damaged(
          String.format(
              Locale.ROOT,
              "claims %d × %d pixels, but has only %d bytes from offset %d on",
              header.width(),
              header.height(),
              room,
              header.bytes()));
    }
    this.rows = rows(memory);
    this.offsets = new long[(header.height() - 1) / rows + 1];
    findScanlines();
    this.info = describe();
  }

  /** Rows of a strip: a multiple of 16. */
  private int rows(MemoryBound memory) throws ImageException {
    long rowBytes = (long) header.width() * PIXEL_BYTES;
    long stripBytes = Math.min(STRIP_BYTES, memory.strips() / STRIPS);
    long least = BLOCK_ROWS;
    if (header.columns()) {
      stripBytes = Math.min(COLUMN_STRIP_BYTES, memory.strips() / COLUMN_STRIPS);
      least = Math.ceilDiv(header.height(), MOST_PASSES * BLOCK_ROWS) * BLOCK_ROWS;
      memory.checkStrip(file.path(), COLUMN_STRIPS * Math.min(least, header.height()) * rowBytes);
    }
    long blocks = stripBytes / (rowBytes * BLOCK_ROWS);
    return (int) Math.clamp(blocks * BLOCK_ROWS, least, Math.max(least, MOST_ROWS));
  }

  private int scanlineLength() {
    return header.columns() ? header.height() : header.width();
  }

  /** Walks through all scanlines and notes the offset of each strip. */
  private void findScanlines() throws ImageException {
    RadianceScanlines scanlines = scanlines(header.bytes());
    int count = header.columns() ? header.width() : header.height();
    for (int i = 0; i < count; i++) {
      int row = header.bottomUp() ? header.height() - 1 - i : i;
      boolean first = header.bottomUp() ? row % rows == rows - 1 || i == 0 : row % rows == 0;
      if (first && !header.columns()) {
        offsets[row / rows] = scanlines.offset();
      }
      scanlines.next(null);
    }
    end = scanlines.offset();
  }

  private RadianceScanlines scanlines(long offset) {
    return new RadianceScanlines(file, scanlineLength(), offset);
  }

  private ImageInfo describe() {
    Window window = Window.ofSize(header.width(), header.height());
    List<String> names = header.xyz() ? List.of("X", "Y", "Z") : List.of("R", "G", "B");
    Part part =
        new Part(
            "",
            window,
            window,
            names.stream().map(name -> Channel.of(name, SampleType.FLOAT32)).toList(),
            "run-length coded " + (header.xyz() ? "XYZE" : "RGBE"),
            header.attributes());
    return new ImageInfo("Radiance", Domain.INTENSITY, List.of(part), Map.of());
  }

  @Override
  public List<String> notes() {
    List<String> notes = new ArrayList<>(file.behind(end));
    if (RadianceFactors.haveZero(header.lines())) {
      notes.add("an EXPOSURE or COLORCORR of 0 counts as 1");
    }
    return notes;
  }

  /** All lines but those that say how to read the samples. */
  @Override
  public Metadata metadata() {
    List<String> names = new ArrayList<>(header.attributes().keySet());
    names.removeAll(List.of("FORMAT", "EXPOSURE", "COLORCORR"));
    return new Metadata(List.copyOf(names), List.of());
  }

  RadianceHeader header() {
    return header;
  }

  @Override
  public ImageInfo info() {
    return info;
  }

  @Override
  public int strips() {
    return offsets.length;
  }

  @Override
  public Optional<StripPlace> place(int index) {
    return Optional.of(new StripPlace(0, window(index)));
  }

  private Window window(int index) {
    int top = index * rows;
    int bottom = Math.min(top + rows, header.height()) - 1;
    return new Window(0, top, header.width() - 1, bottom);
  }

  @Override
  public long stripBytes() {
    return (long) Math.min(rows, header.height()) * header.width() * PIXEL_BYTES;
  }

  /** A scanline. */
  @Override
  public long bufferBytes() {
    return (long) scanlineLength() * Rgbe.BYTES;
  }

  @Override
  public Strip read(int index, SegmentAllocator memory) throws ImageException {
    Window window = window(index);
    long rowSamples = window.width() * CHANNELS;
    long count = rowSamples * window.height();
    MemorySegment samples = memory.allocate(count * Plane.FLOAT32.byteSize(), 64);
    if (header.columns()) {
      readColumns(window, samples);
    } else {
      readRows(window, samples, scanlines(offsets[index]));
    }
    return new Strip(index, 0, window, List.of(new Plane(0, CHANNELS, samples, count, rowSamples)));
  }

  private void readRows(Window window, MemorySegment samples, RadianceScanlines scanlines)
      throws ImageException {
    byte[] line = new byte[header.width() * Rgbe.BYTES];
    for (int i = 0; i < window.height(); i++) {
      scanlines.next(line);
      int row = header.bottomUp() ? (int) window.height() - 1 - i : i;
      for (int x = 0; x < header.width(); x++) {
        put(line, x, samples, (long) row * header.width() + column(x));
      }
    }
  }

  private void readColumns(Window window, MemorySegment samples) throws ImageException {
    RadianceScanlines scanlines = scanlines(header.bytes());
    byte[] line = new byte[header.height() * Rgbe.BYTES];
    for (int x = 0; x < header.width(); x++) {
      scanlines.next(line);
      for (int y = window.yMin(); y <= window.yMax(); y++) {
        int from = header.bottomUp() ? header.height() - 1 - y : y;
        put(line, from, samples, (long) (y - window.yMin()) * header.width() + column(x));
      }
    }
  }

  private int column(int x) {
    return header.rightToLeft() ? header.width() - 1 - x : x;
  }

  private void put(byte[] line, int from, MemorySegment samples, long pixel) {
    int at = from * Rgbe.BYTES;
    int exponent = line[at + 3] & 0xff;
    for (int channel = 0; channel < CHANNELS; channel++) {
      double value = Rgbe.decode(line[at + channel] & 0xff, exponent) / factors[channel];
      samples.set(
          Plane.FLOAT32, (pixel * CHANNELS + channel) * Plane.FLOAT32.byteSize(), (float) value);
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
