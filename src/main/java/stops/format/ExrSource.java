package stops.format;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import stops.engine.SampleType;
import stops.exr.Attribute;
import stops.exr.Box;
import stops.exr.ChunkGrid;
import stops.exr.ExrHeader;
import stops.exr.ExrReader;
import stops.exr.codec.BlockLayout;
import stops.exr.codec.ExrChannel;
import stops.exr.codec.ExrException;
import stops.exr.codec.PixelType;
import stops.image.Channel;
import stops.image.ImageException;
import stops.image.ImageInfo;
import stops.image.ImageSource;
import stops.image.Metadata;
import stops.image.Part;
import stops.image.Plane;
import stops.image.Strip;
import stops.image.StripPlace;
import stops.image.Window;

/**
 * An EXR file as a source: one plane for each channel.
 *
 * <p>On its way from a ZIP file to the planes, a sample is touched by two passes: one inflates its
 * bytes, the other undoes their differences, joins them and stores the sample where an engine reads
 * it. {@link ExrTarget} needs two passes too. With the engine's, that is five.
 */
final class ExrSource implements ImageSource {
  private final Path path;
  private final ExrReader reader;
  private final List<ChunkGrid> grids = new ArrayList<>();
  private ExrStrips strips;
  private final ImageInfo info;

  ExrSource(Path path, String format, ExrReader reader) {
    this.path = path;
    this.reader = reader;
    List<Part> parts = new ArrayList<>();
    for (int part = 0; part < reader.parts().size(); part++) {
      grids.add(reader.grid(part));
      parts.add(part(reader.parts().get(part)));
    }
    strips = new ExrStrips(reader.parts(), grids, 1);
    info =
        new ImageInfo(
            format,
            ExrHistory.domain(reader.parts()),
            true,
            List.copyOf(parts),
            ExrHistory.origins(reader.parts(), parts),
            ExrHistory.adjusted(reader.parts(), parts));
  }

  @Override
  public ImageInfo info() {
    return info;
  }

  @Override
  public Metadata metadata() {
    return new Metadata(ExrMetadata.names(reader.parts()), List.of());
  }

  @Override
  public List<String> notes() {
    return reader.notes();
  }

  @Override
  public int strips() {
    return strips.count();
  }

  @Override
  public boolean isFullSize(int index) {
    return strips.isFullSize(index);
  }

  @Override
  public Optional<StripPlace> place(int index) {
    ExrStrips.Place place = strips.place(index);
    return Optional.of(new StripPlace(place.part(), place.window()));
  }

  @Override
  public long stripBytes() {
    return strips.largestStrip(ExrPlanes.ALIGNMENT_BYTES);
  }

  @Override
  public long bufferBytes() {
    return reader.bufferBytes();
  }

  @Override
  public Strip read(int index, SegmentAllocator memory) throws ImageException {
    ExrStrips.Place place = strips.place(index);
    StripPlanes planes = new StripPlanes(place.layout(), memory);
    try {
      for (int i = 0; i < place.chunks(); i++) {
        reader.read(place.part(), place.firstChunk() + i, planes::next);
      }
    } catch (ExrException e) {
      throw ImageException.input(path, e.problem(), e);
    } catch (IOException e) {
      throw ImageException.unreadable(path, e);
    }
    return new Strip(index, place.part(), place.window(), planes.all());
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException nothingIsLost) {
      // A file that was only read.
    }
  }

  /** The headers, for a target of the same structure. */
  List<ExrHeader> headers() {
    return reader.parts();
  }

  boolean multiPart() {
    return reader.multiPart();
  }

  /**
   * Makes strips of at least so many rows, for a target whose chunks have as many. Called before
   * any is read.
   *
   * @param rows a power of two
   */
  void stripsOf(int rows) {
    strips = new ExrStrips(reader.parts(), grids, rows);
  }

  ExrStrips layout() {
    return strips;
  }

  /** The planes of a strip, filled chunk by chunk. */
  private static final class StripPlanes {
    private final BlockLayout strip;
    private final SegmentAllocator memory;
    private final long[] filledBytes;
    private List<MemorySegment> planes = List.of();

    StripPlanes(BlockLayout strip, SegmentAllocator memory) {
      this.strip = strip;
      this.memory = memory;
      filledBytes = new long[strip.channels().size()];
    }

    /**
     * Where the samples of the next chunk belong. Memory is allocated for the first one, not before
     * it was found sound: a claim that its data do not meet has ended in an error by then.
     */
    List<MemorySegment> next(BlockLayout chunk) {
      if (planes.isEmpty()) {
        planes = allocate();
      }
      List<MemorySegment> rooms = new ArrayList<>();
      for (int c = 0; c < filledBytes.length; c++) {
        ExrChannel channel = chunk.channels().get(c);
        long bytes = chunk.rowSamples(channel) * chunk.rows(channel) * channel.type().bytes();
        rooms.add(planes.get(c).asSlice(filledBytes[c], bytes));
        filledBytes[c] += bytes;
      }
      return rooms;
    }

    private List<MemorySegment> allocate() {
      List<ExrPlanes.Room> rooms = new ArrayList<>();
      for (ExrChannel channel : strip.channels()) {
        long samples = strip.rowSamples(channel) * strip.rows(channel);
        rooms.add(new ExrPlanes.Room(sampleType(channel.type()), samples));
      }
      return ExrPlanes.allocate(rooms, memory);
    }

    List<Plane> all() {
      List<Plane> all = new ArrayList<>();
      for (int c = 0; c < planes.size(); c++) {
        ExrChannel channel = strip.channels().get(c);
        long rowSamples = strip.rowSamples(channel);
        long samples = rowSamples * strip.rows(channel);
        all.add(new Plane(c, 1, planes.get(c), samples, rowSamples));
      }
      return all;
    }
  }

  private static Part part(ExrHeader header) {
    List<Channel> channels = new ArrayList<>();
    for (ExrChannel channel : header.channels()) {
      channels.add(
          new Channel(
              channel.name(),
              sampleType(channel.type()),
              channel.xSampling(),
              channel.ySampling()));
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    for (Attribute attribute : header.attributes()) {
      attributes.put(attribute.name(), attribute.text());
    }
    return new Part(
        header.name(),
        window(header.dataWindow()),
        window(header.displayWindow()),
        List.copyOf(channels),
        structure(header),
        attributes);
  }

  private static @Nullable SampleType sampleType(PixelType type) {
    return switch (type) {
      case HALF -> SampleType.FLOAT16;
      case FLOAT -> SampleType.FLOAT32;
      case UINT -> null;
    };
  }

  private static Window window(Box box) {
    return new Window(box.xMin(), box.yMin(), box.xMax(), box.yMax());
  }

  private static String structure(ExrHeader header) {
    String order = header.lineOrder().toString().toLowerCase(Locale.ROOT).replace('_', ' ');
    String storage =
        header.tiling().isPresent()
            ? "tiles " + header.attribute("tiles").map(Attribute::text).orElse("")
            : "scanlines";
    return header.compression() + ", " + storage + ", " + order;
  }
}
