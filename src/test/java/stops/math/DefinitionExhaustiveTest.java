package stops.math;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import stops.Exhaustive;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.SampleType;

/** {@link FloatPatterns}, both maps, to float32 and float16, against the oracle. */
@Exhaustive
class DefinitionExhaustiveTest {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  @ParameterizedTest
  @EnumSource(
      value = Direction.class,
      names = {"TO_EXPOSURE", "TO_INTENSITY"})
  void everyFloatIsCorrectlyRoundedAndTheResultsHaveThePublishedFingerprint(Direction direction)
      throws Exception {
    AtomicLong wrong = new AtomicLong();
    String sha256 = FloatPatterns.sha256(first -> block(direction, first, wrong));
    assertEquals(0, wrong.get(), "misrounded");
    assertEquals(FloatPatterns.sha256(direction), sha256);
  }

  private static byte[] block(Direction direction, int first, AtomicLong wrong) {
    Definition toFloat = definition(direction, SampleType.FLOAT32);
    Definition toHalf = definition(direction, SampleType.FLOAT16);
    FastOracle floatOracle = new FastOracle(direction, SampleType.FLOAT32);
    FastOracle halfOracle = new FastOracle(direction, SampleType.FLOAT16);
    byte[] results = new byte[FloatPatterns.BLOCK * Float.BYTES];
    long misrounded = 0;
    for (int i = 0; i < FloatPatterns.BLOCK; i++) {
      float sample = Float.intBitsToFloat(FloatPatterns.at(first + i));
      long asFloat;
      long asHalf;
      // As Definition.convert, but with one evaluation for both targets.
      if (toFloat.isOrdinary(sample)) {
        Wide wide = toFloat.wide(sample);
        asFloat = SampleBits.round(wide, SampleType.FLOAT32);
        asHalf = SampleBits.round(wide, SampleType.FLOAT16);
      } else {
        asFloat = toFloat.special(sample);
        asHalf = toHalf.special(sample);
      }
      INT.set(results, i * Float.BYTES, (int) asFloat);
      if (asFloat != expected(floatOracle, direction, SampleType.FLOAT32, sample)) {
        misrounded++;
      }
      if (asHalf != expected(halfOracle, direction, SampleType.FLOAT16, sample)) {
        misrounded++;
      }
    }
    wrong.addAndGet(misrounded);
    return results;
  }

  private static long expected(
      FastOracle oracle, Direction direction, SampleType target, float sample) {
    long infinity = SampleBits.infinity(target);
    if (Float.isNaN(sample)) {
      return SampleBits.canonicalNaN(target);
    }
    if (sample == Float.POSITIVE_INFINITY) {
      return infinity;
    }
    if (direction == Direction.TO_INTENSITY) {
      return sample == Float.NEGATIVE_INFINITY ? 0 : oracle.convert(sample);
    }
    if (sample == 0) {
      return infinity | SampleBits.sign(target);
    }
    // -1073 is 0xc4862000 in float32 and 0xe431 in float16.
    return sample > 0
        ? oracle.convert(sample)
        : target == SampleType.FLOAT32 ? 0xc4862000L : 0xe431;
  }

  private static Definition definition(Direction direction, SampleType target) {
    return new Definition(Conversion.of(direction, SampleType.FLOAT32, target));
  }
}
