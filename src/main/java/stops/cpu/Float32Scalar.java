package stops.cpu;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import stops.engine.Anomaly;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.SampleType;
import stops.engine.Tally;
import stops.math.Exp2Narrow;
import stops.math.Log2Narrow;

/**
 * Converts single float32 samples of a chunk to float32 or float16, without gain, anomalies
 * included. Confined to one thread.
 */
final class Float32Scalar {
  private static final int INFINITY = 0x7f80_0000;
  private static final int UNDEFINED = AnomalyCounts.kind(Anomaly.UNDEFINED);
  private static final int CLAMPED = AnomalyCounts.kind(Anomaly.CLAMPED);
  private static final int NAN = AnomalyCounts.kind(Anomaly.NAN);
  private static final int INFINITE = AnomalyCounts.kind(Anomaly.INFINITE);
  private static final int OVERFLOW = AnomalyCounts.kind(Anomaly.OVERFLOW);
  private static final int UNDERFLOW = AnomalyCounts.kind(Anomaly.UNDERFLOW);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final boolean toExposure;
  private final boolean half;
  private final float undefined;
  private final IntensityRange range;
  private final AnomalyCounts counts;
  private final Chunk chunk;

  /** Prepares for samples of {@code chunk} and a conversion that {@link #fits}. */
  Float32Scalar(Conversion conversion, Chunk chunk) {
    toExposure = conversion.direction() == Direction.TO_EXPOSURE;
    half = conversion.target() == SampleType.FLOAT16;
    undefined = (float) conversion.zero().exposure();
    range = IntensityRange.of(conversion.target());
    counts = new AnomalyCounts(chunk);
    this.chunk = chunk;
  }

  /** Whether {@code conversion} is a map from float32 to float32 or float16, without gain. */
  static boolean fits(Conversion conversion) {
    return conversion.source() == SampleType.FLOAT32
        && conversion.target() != SampleType.FLOAT64
        && conversion.gainStops() == 0
        && !conversion.direction().adjusts();
  }

  /**
   * Converts one sample of the chunk, and counts it if it is an anomaly. Calls are in the order of
   * the indices.
   *
   * @param bits bit pattern of the sample
   * @param index index of the sample in the chunk
   */
  void convert(int bits, long index) {
    store(toExposure ? exposure(bits, index) : intensity(Float.intBitsToFloat(bits), index), index);
  }

  /** The anomalies counted so far. */
  Tally tally() {
    return counts.tally();
  }

  private double exposure(int bits, long index) {
    boolean ordinary = bits > 0 && bits < INFINITY;
    return ordinary ? Log2Narrow.log2(Float.intBitsToFloat(bits)) : specialExposure(bits, index);
  }

  private double specialExposure(int bits, long index) {
    float x = Float.intBitsToFloat(bits);
    counts.add(x == 0 ? UNDEFINED : x < 0 ? CLAMPED : x > 0 ? INFINITE : NAN, index);
    return x == 0 ? undefined : x < 0 ? -1073 : x > 0 ? x : Double.NaN;
  }

  private double intensity(float x, long index) {
    boolean ordinary = x > range.underflow() && x < range.overflow();
    return ordinary ? Exp2Narrow.exp2(x) : specialIntensity(x, index);
  }

  private double specialIntensity(float x, long index) {
    boolean infinite = Float.isInfinite(x);
    counts.add(Float.isNaN(x) ? NAN : infinite ? INFINITE : x < 0 ? UNDERFLOW : OVERFLOW, index);
    return Float.isNaN(x) ? Double.NaN : x < 0 ? 0 : Double.POSITIVE_INFINITY;
  }

  /**
   * Rounds a double to float32 as {@link Rounding#ODD} does. Infinities and NaN stay as they are.
   */
  private static float odd(double value) {
    long bits = Double.doubleToRawLongBits(value);
    long odd = (((bits & Rounding.DROPPED) + Rounding.DROPPED) | bits) & ~Rounding.DROPPED;
    return Double.isNaN(value) ? Float.NaN : (float) Double.longBitsToDouble(odd);
  }

  private void store(double result, long index) {
    if (half) {
      chunk.target().set(SHORT, index * Short.BYTES, Float.floatToFloat16(odd(result)));
    } else {
      chunk.target().set(INT, index * Integer.BYTES, Float.floatToIntBits((float) result));
    }
  }
}
