package stops.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import stops.Exhaustive;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.SampleType;

class RoundTripTest {
  /** A conversion from intensity to exposure and back, on bit patterns. */
  private record Trip(
      SampleType intensity, Definition there, SampleType exposure, Definition back) {
    Trip(SampleType intensity, SampleType exposure) {
      this(
          intensity,
          new Definition(Conversion.of(Direction.TO_EXPOSURE, intensity, exposure)),
          exposure,
          new Definition(Conversion.of(Direction.TO_INTENSITY, exposure, intensity)));
    }

    long of(long bits) {
      long stops = there.convert(SampleBits.value(intensity, bits));
      return back.convert(SampleBits.value(exposure, stops));
    }

    boolean isExact(int bits) {
      return of(bits) == bits;
    }

    boolean isWithinBound(int bits) {
      return Math.abs(of(bits) - bits) <= RoundTrip.boundUlps(Float.intBitsToFloat(bits));
    }
  }

  private static final int LARGEST = 0x7f7f_ffff;
  private static final Trip THROUGH_FLOAT32 = new Trip(SampleType.FLOAT32, SampleType.FLOAT32);
  private static final Trip THROUGH_FLOAT64 = new Trip(SampleType.FLOAT32, SampleType.FLOAT64);

  @Test
  void everyHalfThatIsNotNegativeComesBackFromFloat32AndFloat64Exposures() {
    for (SampleType exposure : new SampleType[] {SampleType.FLOAT32, SampleType.FLOAT64}) {
      Trip trip = new Trip(SampleType.FLOAT16, exposure);
      for (int half = 0; half <= 0x7c00; half++) {
        assertEquals(half, trip.of(half), "through " + exposure);
      }
    }
  }

  @Test
  void floatsComeBackFromFloat64Exposures() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 1_000_000; i++) {
      int bits = random.nextInt(1, LARGEST);
      assertTrue(THROUGH_FLOAT64.isExact(bits), () -> "bits " + bits);
    }
  }

  @Test
  void floatsComeBackFromFloat32ExposuresWithinTheBound() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 1_000_000; i++) {
      int bits = random.nextInt(1, LARGEST);
      assertTrue(THROUGH_FLOAT32.isWithinBound(bits), () -> "bits " + bits);
    }
  }

  @Test
  void floatsFromOneHalfToTwoComeBackFromFloat32Exposures() {
    for (int bits = Float.floatToIntBits(0.5f); bits <= Float.floatToIntBits(2f); bits++) {
      assertEquals(bits, (int) THROUGH_FLOAT32.of(bits));
    }
  }

  @Test
  void theBoundIs44UlpsAtMost() {
    assertEquals(0, RoundTrip.boundUlps(0.5f));
    assertEquals(0, RoundTrip.boundUlps(1.999f));
    assertEquals(44, RoundTrip.boundUlps(Float.MAX_VALUE));
    assertEquals(22, RoundTrip.boundUlps(0x0.fffffep-126f));
    assertEquals(0, RoundTrip.boundUlps(Float.MIN_VALUE));
  }

  @Test
  @Exhaustive
  void everyFloatComesBackFromFloat32AndFloat64Exposures() {
    long beyond =
        IntStream.range(0, (int) (FloatPatterns.count() / 2))
            .parallel()
            .map(FloatPatterns::at)
            .filter(bits -> bits >= 1 && bits <= LARGEST)
            .filter(bits -> !THROUGH_FLOAT32.isWithinBound(bits) || !THROUGH_FLOAT64.isExact(bits))
            .count();
    assertEquals(0, beyond);
  }
}
