package stops.math;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import stops.engine.Direction;
import stops.engine.SampleType;

/**
 * Samples that show an error first. Their results lie very close to the middle between two numbers,
 * or where results start to overflow or underflow.
 */
public final class HardCases {
  /**
   * For float16, float32 and float64: the least exposure whose intensity is infinite, and the
   * greatest whose intensity is 0, in stops.
   */
  private static final double[] LIMITS = {
    0x1.fffd1d3ffd1cep3, -25, 0x1.fffffffd1d571p6, -150, 1024, -1075
  };

  private HardCases() {}

  /**
   * The hard samples, as bit patterns of {@code source}. There are none for float16, all of whose
   * 65,536 patterns are quickly tried.
   */
  public static long[] of(Direction direction, SampleType source) {
    boolean toExposure = direction == Direction.TO_EXPOSURE;
    int[] floats = toExposure ? HardFloats.INTENSITIES : HardFloats.EXPOSURES;
    long[] doubles = toExposure ? HardDoubles.INTENSITIES : HardDoubles.EXPOSURES;
    DoubleStream limits = toExposure ? DoubleStream.empty() : DoubleStream.of(LIMITS);
    return switch (source) {
      case FLOAT16 -> new long[0];
      case FLOAT32 ->
          LongStream.concat(
                  IntStream.of(floats).asLongStream(),
                  limits
                      .mapToLong(x -> Float.floatToRawIntBits((float) x))
                      .flatMap(HardCases::near))
              .map(bits -> bits & 0xffff_ffffL)
              .toArray();
      case FLOAT64 ->
          LongStream.concat(
                  LongStream.concat(
                      LongStream.of(doubles),
                      IntStream.of(floats)
                          .mapToLong(x -> Double.doubleToRawLongBits(Float.intBitsToFloat(x)))),
                  limits.mapToLong(Double::doubleToRawLongBits).flatMap(HardCases::near))
              .toArray();
    };
  }

  private static LongStream near(long bits) {
    return LongStream.rangeClosed(bits - 3, bits + 3);
  }
}
