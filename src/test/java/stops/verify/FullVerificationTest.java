package stops.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import stops.cpu.CpuEngine;
import stops.cpu.ScalarEngine;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.Engine;
import stops.engine.SampleType;
import stops.math.Definition;
import stops.math.PublishedHash;

/** Verifies a small range of inputs: the floats from 2 on. */
class FullVerificationTest {
  private static final int FIRST_BITS = Float.floatToRawIntBits(2);
  private static final int CHUNK = 1 << 12;
  private static final int CHUNKS = 5;

  private final List<Integer> heard = new ArrayList<>();
  private final InputRange range =
      new InputRange(
          FIRST_BITS,
          CHUNKS * CHUNK,
          CHUNK,
          Map.of(
              Direction.TO_EXPOSURE, sha256(Direction.TO_EXPOSURE),
              Direction.TO_INTENSITY, sha256(Direction.TO_INTENSITY)));

  /** The SHA-256 of the definition's results, computed in one step. */
  private static String sha256(Direction direction) {
    Definition definition =
        new Definition(Conversion.of(direction, SampleType.FLOAT32, SampleType.FLOAT32));
    ByteBuffer results = ByteBuffer.allocate(4 * CHUNKS * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < CHUNKS * CHUNK; i++) {
      results.putInt((int) definition.convert(Float.intBitsToFloat(FIRST_BITS + i)));
    }
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(results.array()));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private Certificate verify(Engine engine, Engine reference, boolean foreign) throws Exception {
    return new FullVerification(engine, reference, foreign, range)
        .run((done, all) -> {
          assertEquals(2 * CHUNKS, all);
          heard.add(done);
        });
  }

  @Test
  void theCpuGivesTheResultsWithTheRightSha256() throws Exception {
    try (Engine cpu = CpuEngine.create().engine()) {
      Certificate certificate = verify(cpu, new ScalarEngine(), false);
      assertTrue(certificate.passed(), certificate::toString);
      assertEquals(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), heard);
      for (MapResult map : certificate.maps()) {
        assertEquals(CHUNKS * CHUNK, map.inputs());
        assertEquals(range.sha256().get(map.direction()), map.sha256());
        assertEquals(0, map.misrounded());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Direction.class,
      names = {"TO_EXPOSURE", "TO_INTENSITY"})
  void oneWrongBitIsFoundAndLocatedWhereverItIs(Direction direction) throws Exception {
    for (int at : new int[] {0, CHUNK - 1, CHUNK, CHUNKS * CHUNK - 1}) {
      float sample = Float.intBitsToFloat(FIRST_BITS + at);
      Certificate certificate =
          verify(new OneBitWrong(direction, sample), new ScalarEngine(), false);
      assertFalse(certificate.passed());
      for (MapResult map : certificate.maps()) {
        boolean wrong = map.direction() == direction;
        assertEquals(wrong ? 1 : 0, map.misrounded());
        assertEquals(!wrong, map.passed());
        if (wrong) {
          String first = String.valueOf(map.firstMisrounded());
          assertTrue(first.contains(" of " + Double.toHexString(sample) + " ("), first);
          assertNotEquals(map.publishedSha256(), map.sha256());
        }
      }
    }
  }

  /** A reference with the same error shows no difference, but the SHA-256 does. */
  @Test
  void aReferenceThatIsAsWrongIsNotBelieved() throws Exception {
    float sample = Float.intBitsToFloat(FIRST_BITS + 77);
    Certificate certificate =
        verify(
            new OneBitWrong(Direction.TO_EXPOSURE, sample),
            new OneBitWrong(Direction.TO_EXPOSURE, sample),
            false);
    assertFalse(certificate.passed());
    assertEquals(1, certificate.maps().getFirst().misrounded());
  }

  @Test
  void aDeviceThatFailsHasACertificateThatSaysSo() throws Exception {
    Certificate certificate = verify(new FailsLater(CHUNKS + 2), new ScalarEngine(), false);
    assertFalse(certificate.passed());
    assertEquals("clFinish: CL_OUT_OF_RESOURCES (-5) on 9:8", certificate.failure());
    assertEquals(1, certificate.maps().size());
    assertTrue(certificate.maps().getFirst().passed());
  }

  @Test
  void allInputsAreTriedAgainstThePublishedSha256() {
    assertEquals(1L << 32, InputRange.ALL.inputs());
    assertEquals(0, InputRange.ALL.firstBits());
    assertEquals(256, InputRange.ALL.chunks());
    for (Direction direction : Direction.MAPS) {
      assertEquals(PublishedHash.of(direction), InputRange.ALL.sha256().get(direction));
    }
  }
}
