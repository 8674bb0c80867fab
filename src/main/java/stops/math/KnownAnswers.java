package stops.math;

import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import stops.engine.Anomaly;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.SampleType;
import stops.engine.Tally;

/**
 * A set of {@value #SAMPLES} samples, whose conversion by an engine is compared with the
 * definition. The first half has ordinary samples only, for which kernels have a path of their own;
 * {@link PairFloats} come first. The second half has all edges, all hard cases and random bit
 * patterns.
 */
public final class KnownAnswers {
  /** Number of samples; not a multiple of the samples of any work-group. */
  public static final int SAMPLES = (1 << 16) + 4099;

  private static final int ORDINARY = SAMPLES / 2;
  private static final int EDGE = 3;

  private final Conversion conversion;
  private final Definition definition;

  /** The known answers of {@code conversion}. */
  public KnownAnswers(Conversion conversion) {
    this.conversion = conversion;
    this.definition = new Definition(conversion);
  }

  /** Writes the samples; {@code source} holds {@link #SAMPLES}. */
  public void write(MemorySegment source) {
    SampleType type = conversion.source();
    SplittableRandom random = new SplittableRandom(7);
    boolean map = !conversion.direction().adjusts();
    int[] pairs =
        map && type == SampleType.FLOAT32 ? PairFloats.of(conversion.direction()) : new int[0];
    int repeated = pairs.length * PairFloats.TIMES;
    for (int i = 0; i < ORDINARY; i++) {
      RawSamples.put(
          source, type, i, i < repeated ? pairs[i / PairFloats.TIMES] : ordinary(random));
    }
    long[] edges = edges();
    for (int i = ORDINARY; i < SAMPLES; i++) {
      int edge = i - ORDINARY;
      RawSamples.put(source, type, i, edge < edges.length ? edges[edge] : random.nextLong());
    }
  }

  /**
   * Compares an engine's results and counts with the definition.
   *
   * @param chunk the samples and the engine's results
   * @param tally the engine's counts
   * @return the first difference, on one line, or null if there is none
   */
  public @Nullable String firstDifference(Chunk chunk, Tally tally) {
    SampleType type = conversion.target();
    for (long i = 0; i < chunk.samples(); i++) {
      long sample = RawSamples.get(chunk.source(), conversion.source(), i);
      long result = definition.convertBits(sample);
      long found = RawSamples.get(chunk.target(), type, i);
      if (found != result) {
        return String.format(
            Locale.ROOT,
            "%s of %s (%s to %s) is %s, not %s",
            switch (conversion.direction()) {
              case TO_EXPOSURE -> "exposure";
              case TO_INTENSITY -> "intensity";
              case SCALE -> "adjusted intensity";
              case SHIFT -> "adjusted exposure";
            },
            Double.toHexString(SampleBits.value(conversion.source(), sample)),
            conversion.source(),
            type,
            Double.toHexString(SampleBits.value(type, found)),
            Double.toHexString(SampleBits.value(type, result)));
      }
    }
    Tally expected = tally(chunk);
    return expected.equals(tally)
        ? null
        : String.format(Locale.ROOT, "the count of unusual samples is %s, not %s", tally, expected);
  }

  /** The anomalies in the samples of {@code chunk}, by the definition. */
  public Tally tally(Chunk chunk) {
    Tally tally = new Tally(chunk.channels());
    for (long i = 0; i < chunk.samples(); i++) {
      long sample = RawSamples.get(chunk.source(), conversion.source(), i);
      Anomaly anomaly = definition.anomalyOfBits(sample, definition.convertBits(sample));
      if (anomaly != null) {
        tally.add(chunk.channelOf(i), anomaly, i);
      }
    }
    return tally;
  }

  /** A random sample whose result is finite and not 0 in every target type. */
  private long ordinary(SplittableRandom random) {
    double value =
        switch (conversion.direction()) {
          case TO_EXPOSURE, SCALE -> Math.scalb(1 + random.nextDouble(), random.nextInt(-14, 14));
          case TO_INTENSITY -> random.nextDouble(-13, 14) - conversion.gainStops();
          case SHIFT -> random.nextDouble(-13, 14);
        };
    return switch (conversion.source()) {
      case FLOAT16 -> Float.floatToFloat16((float) value);
      case FLOAT32 -> Float.floatToRawIntBits((float) value);
      case FLOAT64 -> Double.doubleToRawLongBits(value);
    };
  }

  /** Hard cases, and the neighbourhood of every power of two and of every whole number of stops. */
  private long[] edges() {
    SampleType type = conversion.source();
    long infinity = SampleBits.infinity(type);
    long leastNormal = Long.lowestOneBit(infinity);
    long sign = SampleBits.sign(type);
    LongStream.Builder bits = LongStream.builder();
    if (!conversion.direction().adjusts()) {
      for (long hard : HardCases.of(conversion.direction(), type)) {
        bits.add(hard).add(hard | sign);
      }
    }
    long powers = infinity / leastNormal;
    for (long power = 0; power <= powers; power++) {
      for (long near = -EDGE; near <= EDGE; near++) {
        long magnitude = Math.max(0, power * leastNormal + near);
        bits.add(magnitude);
        if (near == 0) {
          bits.add(magnitude | sign);
        }
      }
    }
    int mostStops = type == SampleType.FLOAT64 ? 1100 : 160;
    for (int stops = -mostStops; stops <= mostStops; stops++) {
      long whole =
          switch (type) {
            case FLOAT16 -> Float.floatToFloat16(stops);
            case FLOAT32 -> Float.floatToRawIntBits(stops);
            case FLOAT64 -> Double.doubleToRawLongBits(stops);
          };
      bits.add(whole - 1).add(whole).add(whole + 1);
    }
    return bits.build().toArray();
  }
}
