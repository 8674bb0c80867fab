package stops.format;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import stops.engine.SampleType;
import stops.exr.ChunkGrid;
import stops.exr.ExrChunk;
import stops.exr.ExrHeader;
import stops.exr.ExrWriter;
import stops.exr.LineOrder;
import stops.exr.codec.Compression;
import stops.exr.codec.ExrChannel;
import stops.exr.codec.ExrException;
import stops.exr.codec.Packing;
import stops.image.Adjusted;
import stops.image.AtomicFile;
import stops.image.Channel;
import stops.image.ImageException;
import stops.image.ImageSource;
import stops.image.ImageTarget;
import stops.image.MemoryBound;
import stops.image.Part;
import stops.image.Plane;
import stops.image.Strip;
import stops.image.TargetLayout;
import stops.image.Window;

/**
 * An EXR file that is being written. A compression that would change the samples is replaced by
 * ZIP, with a note.
 *
 * <p>On its way from planes to a ZIP file, a sample is touched by two passes: one splits it into
 * bytes and their differences, the other deflates these. Interleaved channels take one more.
 */
final class ExrTarget implements ImageTarget {
  private final Path path;
  private final AtomicFile file;
  private final ExrWriter writer;
  private final TargetLayout layout;
  private final List<Part> parts;
  private final List<StripPacker> packers;
  private final List<ChunkGatherer> gatherers = new ArrayList<>();
  private final @Nullable ExrStrips strips;
  private final boolean wholeChunks;
  private final long decoderBytes;
  private final List<String> notes;
  private final List<String> warnings;

  private ExrTarget(
      Path path,
      AtomicFile file,
      ExrWriter writer,
      TargetLayout layout,
      List<Part> parts,
      List<StripPacker> packers,
      @Nullable ExrStrips strips,
      boolean wholeChunks,
      long decoderBytes,
      ExrTargetHeaders planned) {
    this.path = path;
    this.file = file;
    this.writer = writer;
    this.layout = layout;
    this.parts = parts;
    this.packers = packers;
    this.strips = strips;
    this.wholeChunks = wholeChunks;
    this.decoderBytes = decoderBytes;
    this.notes = planned.notes();
    this.warnings = planned.warnings();
    for (int part = 0; part < packers.size(); part++) {
      gatherers.add(new ChunkGatherer(writer, part, packers.get(part)));
    }
  }

  /**
   * Begins a file.
   *
   * @param packing its compression; null for that of the source, as far as it loses nothing
   */
  static ExrTarget create(
      Path path,
      ImageSource source,
      TargetLayout layout,
      @Nullable Packing packing,
      MemoryBound memory)
      throws ImageException {
    List<Part> parts = source.info().parts();
    ExrTargetHeaders planned;
    try {
      planned = ExrTargetHeaders.of(path, source, layout, packing);
    } catch (ExrException e) {
      throw ImageException.output(path, e.problem(), e);
    }
    List<ExrHeader> headers = planned.headers();
    if (source instanceof ExrSource exr) {
      exr.stripsOf(largestRows(headers));
    }
    ExrStrips strips = source instanceof ExrSource exr ? exr.layout() : null;
    boolean multiPart = source instanceof ExrSource exr ? exr.multiPart() : parts.size() > 1;
    AtomicFile file = AtomicFile.create(path);
    try {
      file.expectAbout(guessedBytes(parts, headers));
      ExrWriter writer =
          ExrWriter.create(
              (bytes, position) -> file.transfer(MemorySegment.ofBuffer(bytes), position),
              headers,
              multiPart,
              packing == null ? Packing.USUAL : packing.level(),
              memory.waiting());
      List<StripPacker> packers = new ArrayList<>();
      for (int p = 0; p < parts.size(); p++) {
        packers.add(StripPacker.of(parts.get(p).channels(), headers.get(p).channels()));
      }
      return new ExrTarget(
          path,
          file,
          writer,
          layout,
          parts,
          packers,
          strips,
          !inSlices(source, headers.getFirst()),
          decoderBytes(source, headers, packing),
          planned);
    } catch (ExrException e) {
      file.close();
      throw ImageException.output(path, e.problem(), e);
    } catch (IOException e) {
      file.close();
      throw file.failed(e);
    }
  }

  @Override
  public Strip prepare(Strip source, SegmentAllocator memory) throws ImageException {
    List<@Nullable SampleType> types = layout.types().get(source.part());
    List<ExrPlanes.Room> rooms = new ArrayList<>();
    for (Plane plane : source.planes()) {
      int first = plane.firstChannel();
      SampleType type = types.get(first);
      if (types.subList(first, first + plane.channels()).stream().anyMatch(t -> t != type)) {
        throw ImageException.output(
            path, "interleaved channels of different types cannot be written; give one type");
      }
      rooms.add(new ExrPlanes.Room(type, plane.count()));
    }
    List<MemorySegment> memories = ExrPlanes.allocate(rooms, memory);
    List<Plane> planes = new ArrayList<>();
    for (int i = 0; i < memories.size(); i++) {
      Plane like = source.planes().get(i);
      planes.add(
          new Plane(
              like.firstChannel(),
              like.channels(),
              memories.get(i),
              like.count(),
              like.rowSamples()));
    }
    return new Strip(source.index(), source.part(), source.window(), planes);
  }

  /**
   * An encoder's buffers; interleaved rows need one more, and slices of rows wait in two more. The
   * decoder of another compression keeps its own.
   */
  @Override
  public long bufferBytes() {
    long chunks = strips != null ? 0 : wholeChunks ? 1 : 3;
    return writer.bufferBytes() + chunks * writer.largestChunk() + decoderBytes;
  }

  /** The buffers of the source's decoder, unless the encoder is the same compressor. */
  private static long decoderBytes(
      ImageSource source, List<ExrHeader> headers, @Nullable Packing packing) {
    if (!(source instanceof ExrSource exr)) {
      return 0;
    }
    boolean same = packing == null || !packing.hasLevel();
    for (int p = 0; same && p < headers.size(); p++) {
      same = headers.get(p).compression() == exr.headers().get(p).compression();
    }
    return same ? 0 : exr.bufferBytes();
  }

  /** Rows of pixels in the chunks of the parts without tiles, at most; a power of two. */
  private static int largestRows(List<ExrHeader> headers) {
    return headers.stream()
        .filter(header -> header.tiling().isEmpty())
        .mapToInt(header -> header.compression().rows())
        .max()
        .orElse(1);
  }

  /** Whether strips have fewer rows than chunks, or fewer columns. */
  private static boolean inSlices(ImageSource source, ExrHeader header) {
    Part part = source.info().parts().getFirst();
    Window window = part.dataWindow();
    long rows = Math.min(window.height(), header.compression().rows());
    long rowBytes = part.channels().stream().mapToLong(Channel::bytes).sum() * window.width();
    return source.stripBytes() < rows * rowBytes;
  }

  @Override
  public void write(Strip strip) throws ImageException {
    int part = strip.part();
    ChunkGrid grid = writer.grid(part);
    try {
      if (strips != null || ChunkGatherer.isWhole(strip, grid)) {
        writeWhole(strip, grid);
      } else {
        gatherers.get(part).add(strip);
      }
    } catch (ExrException e) {
      throw ImageException.output(path, e.problem(), e);
    } catch (IOException e) {
      throw file.failed(e);
    }
  }

  private void writeWhole(Strip strip, ChunkGrid grid) throws IOException, ExrException {
    int part = strip.part();
    int first = firstChunk(strip, grid);
    int end = Math.min(grid.count(), first + chunks(strip, grid, first));
    StripPacker.Columns columns = packers.get(part).columns(strip);
    int top = grid.layout(first).yMin();
    boolean upwards = writer.parts().get(part).lineOrder() == LineOrder.DECREASING_Y;
    for (int i = 0; i < end - first; i++) {
      // A chunk that comes before its turn may wait for one that this thread has to write.
      int chunk = upwards ? end - 1 - i : first + i;
      if (columns.interleaved()) {
        writeFilled(part, chunk, top, columns);
      } else {
        writer.write(part, chunk, columns.planes(top, grid.layout(chunk)));
      }
    }
  }

  private void writeFilled(int part, int index, int top, StripPacker.Columns columns)
      throws IOException, ExrException {
    try (ExrChunk chunk = writer.chunk(part, index)) {
      columns.fill(top, chunk);
      writer.write(chunk);
    }
  }

  @Override
  public boolean remembersAdjustments() {
    return true;
  }

  @Override
  public void adjusted(Map<String, Adjusted> adjusted) throws ImageException {
    List<ExrHeader> headers = new ArrayList<>();
    try {
      for (int p = 0; p < parts.size(); p++) {
        ExrHeader header = writer.parts().get(p);
        Map<String, Adjusted> known = new HashMap<>(adjusted);
        if (!ExrTargetHeaders.isLossless(header)) {
          known.replaceAll((channel, each) -> each.changed());
        }
        headers.add(ExrHistory.note(header, parts.get(p), known));
      }
      writer.rewrite(headers);
    } catch (ExrException e) {
      throw ImageException.output(path, e.problem(), e);
    } catch (IOException e) {
      throw file.failed(e);
    }
  }

  @Override
  public void commit() throws ImageException {
    try {
      writer.finish();
    } catch (IOException e) {
      throw file.failed(e);
    }
    file.commit();
  }

  @Override
  public List<String> notes() {
    return Stream.concat(notes.stream(), file.notes().stream()).toList();
  }

  @Override
  public List<String> warnings() {
    return warnings;
  }

  @Override
  public void close() {
    writer.close();
    file.close();
  }

  /** Packed samples take half of what they did, or more: exposures are seldom that small. */
  private static long guessedBytes(List<Part> parts, List<ExrHeader> headers) {
    double bytes = 0;
    for (int p = 0; p < parts.size(); p++) {
      Window window = parts.get(p).dataWindow();
      double pixels = (double) window.width() * window.height();
      boolean packed = headers.get(p).compression() != Compression.NONE;
      for (ExrChannel channel : headers.get(p).channels()) {
        double samples = pixels / channel.xSampling() / channel.ySampling();
        bytes += samples * channel.type().bytes() / (packed ? 2 : 1);
      }
    }
    return (long) bytes;
  }

  private int firstChunk(Strip strip, ChunkGrid grid) {
    if (writer.parts().get(strip.part()).tiling().isPresent() && strips != null) {
      return strips.place(strip.index()).firstChunk();
    }
    long rows = (long) strip.window().yMin() - grid.layout(0).yMin();
    return (int) (rows / grid.layout(0).height());
  }

  /** A tile is one chunk; a band of rows has as many as begin in it. */
  private int chunks(Strip strip, ChunkGrid grid, int first) {
    if (writer.parts().get(strip.part()).tiling().isPresent()) {
      return 1;
    }
    long rows = grid.layout(first).height();
    return (int) ((strip.window().height() + rows - 1) / rows);
  }
}
