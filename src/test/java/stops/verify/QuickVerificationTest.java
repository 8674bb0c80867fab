package stops.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import stops.cpu.CpuEngine;
import stops.cpu.ScalarEngine;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.EngineInfo;
import stops.engine.Tally;
import stops.math.KnownAnswers;

class QuickVerificationTest {
  @Test
  void theCpuPassesForEveryPairingOfBothMaps() {
    try (Engine cpu = CpuEngine.create().engine()) {
      Certificate certificate = QuickVerification.run(cpu);
      assertTrue(certificate.passed(), certificate::toString);
      assertEquals(cpu.info(), certificate.engine());
      assertEquals(2 * 3 * 3, certificate.maps().size());
      for (MapResult map : certificate.maps()) {
        assertEquals(KnownAnswers.SAMPLES, map.inputs());
        assertEquals(0, map.misrounded());
        assertEquals(0.5, map.largestErrorUlps());
        assertNull(map.firstMisrounded());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Direction.class,
      names = {"TO_EXPOSURE", "TO_INTENSITY"})
  void oneWrongBitIsFoundLocatedAndMeasured(Direction direction) {
    Certificate certificate = QuickVerification.run(new OneBitWrong(direction, 3));
    assertFalse(certificate.passed());
    List<MapResult> failed = certificate.maps().stream().filter(map -> !map.passed()).toList();
    assertEquals(1, failed.size());
    MapResult map = failed.getFirst();
    assertEquals(direction, map.direction());
    assertTrue(map.misrounded() > 0);
    String first = String.valueOf(map.firstMisrounded());
    String name = direction == Direction.TO_EXPOSURE ? "exposure" : "intensity";
    assertTrue(first.startsWith(name + " of 0x1.8p1 (float32 to float32) is 0x1."), first);
    assertTrue(
        map.largestErrorUlps() > 0.5 && map.largestErrorUlps() < 1.6,
        () -> map.largestErrorUlps() + " ULP");
  }

  /** An engine with right results, but without any counts. */
  private static final class Miscounting implements Engine {
    private final Engine real = new ScalarEngine();

    @Override
    public EngineInfo info() {
      return real.info();
    }

    @Override
    public boolean supports(Conversion conversion) {
      return true;
    }

    @Override
    public Tally convert(Conversion conversion, Chunk chunk) throws EngineFailure {
      Tally unused = real.convert(conversion, chunk);
      return new Tally(chunk.channels());
    }

    @Override
    public void close() {}
  }

  @Test
  void wrongCountsAreAFailureButOfAForeignFunction() {
    Certificate own = QuickVerification.run(new Miscounting());
    assertFalse(own.passed());
    assertTrue(own.maps().stream().allMatch(map -> map.misrounded() == 0 && map.tallyDiffers()));
    assertTrue(QuickVerification.run(new Miscounting(), true).passed());
  }

  @Test
  void whatADeviceDidBeforeItFailedIsToldWithTheReason() {
    Certificate certificate = QuickVerification.run(new FailsLater(2));
    assertFalse(certificate.passed());
    assertEquals("clFinish: CL_OUT_OF_RESOURCES (-5) on 9:8", certificate.failure());
    assertEquals(2, certificate.maps().size());
    assertTrue(certificate.maps().stream().allMatch(MapResult::passed));
  }
}
