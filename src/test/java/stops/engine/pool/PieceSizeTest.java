package stops.engine.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import stops.engine.EngineInfo;

class PieceSizeTest {
  private static final EngineInfo LARGE = info(1 << 26);

  private static EngineInfo info(long preferred) {
    return info(EngineInfo.Kind.OPENCL_CPU, preferred);
  }

  private static EngineInfo info(EngineInfo.Kind kind, long preferred) {
    return new EngineInfo("0:0", kind, "CPU", "fake", 2, preferred);
  }

  @Test
  void whatSuitsAFastEngineIsWhatItPrefers() {
    assertEquals(1 << 26, PieceSize.suiting(LARGE, 2e9, false));
  }

  @Test
  void anEngineOfUnknownSpeedGetsLittle() {
    assertEquals(1 << 18, PieceSize.suiting(LARGE, 0, false));
    assertEquals(1000, PieceSize.suiting(info(1000), 0, false));
    EngineInfo own = info(EngineInfo.Kind.SCALAR_CPU, 1 << 26);
    assertEquals(1 << 22, PieceSize.suiting(own, 0, false));
  }

  @Test
  void copiesStaySmall() {
    assertEquals(1 << 22, PieceSize.suiting(LARGE, 1e9, true));
  }

  @Test
  void aSlowEngineGetsWhatTakesAQuarterOfASecondAndADeviceATwentieth() {
    EngineInfo own = info(EngineInfo.Kind.SCALAR_CPU, 1 << 26);
    assertEquals(2_500_000, PieceSize.suiting(own, 1e7, false));
    assertEquals(500_000, PieceSize.suiting(LARGE, 1e7, false));
    assertEquals(PieceSize.MIN_SAMPLES, PieceSize.suiting(LARGE, 1000, false));
  }

  @Test
  void aPieceIsNeverMoreThanSuits() {
    assertEquals(8192, PieceSize.of(1 << 20, 10_007, 1));
    assertEquals(1001, PieceSize.of(1 << 20, 1001, 1));
  }

  @Test
  void piecesShrinkToASixteenthOfWhatSuits() {
    assertEquals(1 << 26, PieceSize.of(1L << 30, 1 << 26, 0.5));
    assertEquals(1 << 22, PieceSize.of(1 << 23, 1 << 26, 0.1));
    assertEquals(PieceSize.MIN_SAMPLES, PieceSize.of(1 << 23, 1 << 20, 0.001));
    assertEquals(5, PieceSize.of(5, 1 << 20, 1));
  }
}
