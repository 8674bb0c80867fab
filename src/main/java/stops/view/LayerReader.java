package stops.view;

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

/**
 * Reads strips of a layer as rows of intensities, four floats a pixel. Exposures become intensities
 * on the engines, as in a conversion. Grey is repeated, and alpha is 1 where there is none.
 * Thread-safe.
 */
final class LayerReader {
  /** Floats of a pixel. */
  static final int SAMPLES = 4;

  private final Path path;
  private final ImageSource source;
  private final Layer layer;
  private final EnginePool engines;
  private final Map<SampleType, EnginePlan> plans = new EnumMap<>(SampleType.class);

  LayerReader(Path path, ImageSource source, Layer layer, EnginePool engines) {
    this.path = path;
    this.source = source;
    this.layer = layer;
    this.engines = engines;
  }

  /** Takes a row of a strip. The array is used again for the next row. */
  interface Rows {
    void take(int y, int xMin, float[] pixels, int count);
  }

  /** The most memory that reading a strip takes, in bytes. */
  long stripBytes() {
    // A float16 exposure becomes a float32 intensity.
    long converted = layer.exposures().contains(true) ? 2 * source.stripBytes() : 0;
    return source.stripBytes() + source.bufferBytes() + converted;
  }

  /** Reads a strip, row by row, from the top. */
  void read(int index, SegmentAllocator memory, Rows rows)
      throws ImageException, EngineFailure, InterruptedException {
    Strip strip = strip(index, memory);
    Converted converted = new Converted(memory);
    Samples[] samples = new Samples[layer.channels().size()];
    for (int i = 0; i < samples.length; i++) {
      int c = layer.channels().get(i);
      Plane plane = strip.planeOf(c);
      Channel channel = source.info().parts().get(layer.part()).channels().get(c);
      boolean exposure = layer.exposures().get(i);
      samples[i] =
          new Samples(
              strip,
              plane,
              exposure ? converted.of(plane, channel) : plane.samples(),
              exposure ? new Channel("", target(), channel.xSampling(), channel.ySampling()) : channel,
              c - plane.firstChannel());
    }
    int count = (int) strip.window().width();
    float[] pixels = new float[count * SAMPLES];
    for (int i = 0; i < count; i++) {
      pixels[i * SAMPLES + 3] = 1;
    }
    for (int y = strip.window().yMin(); y <= strip.window().yMax(); y++) {
      for (int i = 0; i < SAMPLES; i++) {
        if (i < samples.length || i < 3) {
          samples[Math.min(i, samples.length - 1)].row(y, pixels, i, count);
        }
      }
      rows.take(y, strip.window().xMin(), pixels, count);
    }
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
        absent ->
            engines.plan(Conversion.of(Direction.TO_INTENSITY, type, target()), samples));
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

  /** The samples of one channel of a strip. */
  private record Samples(
      Strip strip, Plane plane, MemorySegment memory, Channel channel, int within) {

    /** Puts a row into every fourth place of {@code pixels}, from {@code first} on. */
    void row(int y, float[] pixels, int first, int count) {
      long rowsBefore = Probe.places(strip.window().yMin(), y, channel.ySampling());
      long start = rowsBefore * plane.rowSamples() + within;
      int xMin = strip.window().xMin();
      int step = channel.xSampling();
      for (int i = 0; i < count; i++) {
        long column = step == 1 ? i : Probe.places(xMin, xMin + i, step);
        pixels[i * SAMPLES + first] = value(start + column * plane.channels());
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
}
