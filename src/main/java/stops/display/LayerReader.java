package stops.display;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.EngineFailure;
import stops.engine.SampleType;
import stops.engine.pool.EnginePlan;
import stops.engine.pool.EnginePool;
import stops.image.Channel;
import stops.image.ImageException;
import stops.image.ImageSource;
import stops.image.Plane;
import stops.image.Strip;
import stops.image.Window;

/**
 * Reads strips of a layer as rows of intensities: red, green and blue, which are the same for grey.
 * Exposures become intensities on the engines, as in a conversion. Thread-safe.
 */
public final class LayerReader {
  /** Samples of a pixel: red, green and blue. */
  public static final int SAMPLES = 3;

  private final Path path;
  private final ImageSource source;
  private final Layer layer;
  private final EnginePool engines;
  private final Map<SampleType, EnginePlan> plans = new EnumMap<>(SampleType.class);

  /**
   * A reader of one layer.
   *
   * @param engines convert exposures
   */
  public LayerReader(Path path, ImageSource source, Layer layer, EnginePool engines) {
    this.path = path;
    this.source = source;
    this.layer = layer;
    this.engines = engines;
  }

  /** Takes a row of a strip. The arrays are used again for the next row. */
  public interface Rows {
    void take(int y, int xMin, float[][] colours, int count);
  }

  /** The most memory that reading a strip takes, in bytes. */
  public long stripBytes() {
    // A float16 exposure becomes a float32 intensity.
    long converted = layer.exposures().contains(true) ? 2 * source.stripBytes() : 0;
    return source.stripBytes() + source.bufferBytes() + converted;
  }

  /** Reads the pixels of a strip that are in {@code region}, row by row, from the top. */
  public void read(int index, Window region, SegmentAllocator memory, Rows rows)
      throws ImageException, EngineFailure, InterruptedException {
    Strip strip = strip(index, memory);
    Window shared = strip.window().intersection(region).orElse(null);
    if (shared == null) {
      return;
    }
    Converted converted = new Converted(memory);
    Samples[] samples = new Samples[Math.min(SAMPLES, layer.channels().size())];
    int count = (int) shared.width();
    float[][] colours = new float[SAMPLES][];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = samples(strip, i, converted, count);
      colours[i] = new float[count];
    }
    for (int i = samples.length; i < SAMPLES; i++) {
      colours[i] = colours[0];
    }
    for (int y = shared.yMin(); y <= shared.yMax(); y++) {
      for (int i = 0; i < samples.length; i++) {
        samples[i].row(y, shared.xMin(), colours[i]);
      }
      rows.take(y, shared.xMin(), colours, count);
    }
  }

  private Samples samples(Strip strip, int place, Converted converted, int count)
      throws EngineFailure, InterruptedException {
    int c = layer.channels().get(place);
    Plane plane = strip.planeOf(c);
    Channel channel = source.info().parts().get(layer.part()).channels().get(c);
    boolean exposure = layer.exposures().get(place);
    return new Samples(
        strip,
        plane,
        exposure ? converted.of(plane, channel) : plane.samples(),
        exposure ? new Channel("", target(), channel.xSampling(), channel.ySampling()) : channel,
        c - plane.firstChannel(),
        new short[count]);
  }

  private Strip strip(int index, SegmentAllocator memory) throws ImageException {
    try {
      return source.read(index, memory);
    } catch (InternalError e) {
      // The JVM throws this for a mapped file that has become shorter.
      throw ImageException.truncated(path, e);
    }
  }

  private SampleType target() {
    return layer.half() ? SampleType.FLOAT16 : SampleType.FLOAT32;
  }

  private synchronized EnginePlan plan(SampleType type, long samples) {
    return plans.computeIfAbsent(
        type,
        absent -> engines.plan(Conversion.of(Direction.TO_INTENSITY, type, target()), samples));
  }

  /** The planes of a strip that were converted to intensities, each once. */
  private final class Converted {
    private final SegmentAllocator memory;
    private final Map<Plane, MemorySegment> planes = new HashMap<>();

    Converted(SegmentAllocator memory) {
      this.memory = memory;
    }

    MemorySegment of(Plane plane, Channel channel) throws EngineFailure, InterruptedException {
      MemorySegment known = planes.get(plane);
      SampleType type = channel.type();
      if (known != null || type == null) {
        return known == null ? plane.samples() : known;
      }
      MemorySegment results = memory.allocate(plane.count() * target().bytes(), 64);
      Chunk chunk = new Chunk(plane.samples(), results, plane.count(), plane.channels(), 0);
      var unused = plan(type, plane.count() * source.strips()).convert(List.of(chunk));
      planes.put(plane, results);
      return results;
    }
  }

  /**
   * The samples of one channel of a strip.
   *
   * @param within its place among those that are interleaved
   * @param halves room for a row of float16 samples
   */
  private record Samples(
      Strip strip, Plane plane, MemorySegment memory, Channel channel, int within, short[] halves) {

    /** Reads the part of a row from {@code x} on. */
    void row(int y, int x, float[] row) {
      int step = channel.xSampling();
      int left = strip.window().xMin();
      long start =
          places(strip.window().yMin(), y, channel.ySampling()) * plane.rowSamples() + within;
      if (step == 1 && plane.channels() == 1 && channel.type() == SampleType.FLOAT16) {
        MemorySegment.copy(memory, Plane.FLOAT16, 2 * (start + x - left), halves, 0, row.length);
        for (int i = 0; i < row.length; i++) {
          row[i] = Float.float16ToFloat(halves[i]);
        }
        return;
      }
      for (int i = 0; i < row.length; i++) {
        long column = step == 1 ? (long) x + i - left : places(left, x + i, step);
        row[i] = value(start + column * plane.channels());
      }
    }

    private float value(long place) {
      return switch (channel.type()) {
        case null -> Integer.toUnsignedLong(memory.get(Plane.UINT32, place * 4));
        case FLOAT16 -> Float.float16ToFloat(memory.get(Plane.FLOAT16, place * 2));
        case FLOAT32 -> memory.get(Plane.FLOAT32, place * 4);
        case FLOAT64 -> (float) memory.get(Plane.FLOAT64, place * 8);
      };
    }
  }

  /** How many samples lie before the one that stands for {@code at}. */
  public static long places(int from, int at, int step) {
    return Math.max(0, Math.floorDiv(at, step) - Math.ceilDiv(from, step));
  }
}
