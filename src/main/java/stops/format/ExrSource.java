package stops.format;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import stops.engine.SampleType;
import stops.exr.Attribute;
import stops.exr.Box;
import stops.exr.ChunkGrid;
import stops.exr.ExrChunk;
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
import stops.image.Window;

/** An EXR file as a source: one plane for each channel. */
final class ExrSource implements ImageSource {
  private static final int ALIGNMENT = 64;

  private final Path path;
  private final ExrReader reader;
  private final ExrStrips strips;
  private final ImageInfo info;

  ExrSource(Path path, String format, ExrReader reader) {
    this.path = path;
    this.reader = reader;
    List<ChunkGrid> grids = new ArrayList<>();
    List<Part> parts = new ArrayList<>();
    for (int part = 0; part < reader.parts().size(); part++) {
      grids.add(reader.grid(part));
      parts.add(part(reader.parts().get(part)));
    }
    strips = new ExrStrips(reader.parts(), grids);
    info =
        new ImageInfo(
            format,
            ExrHistory.domain(reader.parts()),
            List.copyOf(parts),
            ExrHistory.origins(reader.parts(), parts));
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
  public long stripBytes() {
    return strips.largestStrip(ALIGNMENT);
  }

  @Override
  public long bufferBytes() {
    return reader.bufferBytes();
  }

  @Override
  public Strip read(int index, SegmentAllocator memory) throws ImageException {
    ExrStrips.Place place = strips.place(index);
    List<Plane> planes = List.of();
    long[] done = new long[place.layout().channels().size()];
    try {
      for (int i = 0; i < place.chunks(); i++) {
        try (ExrChunk chunk = reader.read(place.part(), place.firstChunk() + i)) {
          if (i == 0) {
            // A claim that its data do not meet has ended in an error by now.
            planes = planes(place.layout(), memory);
          }
          append(chunk, planes, done);
        }
      }
    } catch (ExrException e) {
      throw ImageException.input(path, e.problem(), e);
    } catch (IOException e) {
      throw InputProblem.of(path, e);
    }
    return new Strip(index, place.part(), place.window(), planes);
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

  ExrStrips layout() {
    return strips;
  }

  private static List<Plane> planes(BlockLayout layout, SegmentAllocator memory) {
    List<Plane> planes = new ArrayList<>();
    for (int c = 0; c < layout.channels().size(); c++) {
      ExrChannel channel = layout.channels().get(c);
      long rowSamples = layout.rowSamples(channel);
      long count = rowSamples * layout.rows(channel);
      MemorySegment samples = memory.allocate(count * channel.type().bytes(), ALIGNMENT);
      planes.add(new Plane(c, 1, samples, count, rowSamples));
    }
    return planes;
  }

  /** Copies the rows of a chunk behind what the planes have: {@code done} bytes each. */
  private static void append(ExrChunk chunk, List<Plane> planes, long[] done) {
    BlockLayout layout = chunk.layout();
    byte[] raw = chunk.raw();
    int from = 0;
    for (int y = layout.yMin(); y <= layout.yMax(); y++) {
      for (int c = 0; c < done.length; c++) {
        ExrChannel channel = layout.channels().get(c);
        if (layout.hasRow(channel, y)) {
          int bytes = (int) layout.rowSamples(channel) * channel.type().bytes();
          MemorySegment to = planes.get(c).samples();
          MemorySegment.copy(raw, from, to, ValueLayout.JAVA_BYTE, done[c], bytes);
          from += bytes;
          done[c] += bytes;
        }
      }
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
