package stops.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PieceSizeTest {
  private static final EngineInfo LARGE = info(1 << 26);

  private static EngineInfo info(long preferred) {
    return new EngineInfo("0:0", EngineInfo.Kind.OPENCL_CPU, "CPU", "fake", 2, preferred);
  }

  @Test
  void whatSuitsAFastEngineIsWhatItPrefers() {
    assertEquals(1 << 26, PieceSize.suiting(LARGE, 1e9, false));
  }

  @Test
  void anEngineOfUnknownSpeedGetsLittle() {
    assertEquals(1 << 22, PieceSize.suiting(LARGE, 0, false));
    assertEquals(1000, PieceSize.suiting(info(1000), 0, false));
  }

  @Test
  void copiesStaySmall() {
    assertEquals(1 << 22, PieceSize.suiting(LARGE, 1e9, true));
  }

  @Test
  void aSlowEngineGetsWhatTakesAQuarterOfASecond() {
    assertEquals(2_500_000, PieceSize.suiting(LARGE, 1e7, false));
    assertEquals(PieceSize.MIN_SAMPLES, PieceSize.suiting(LARGE, 1000, false));
  }

  @Test
  void piecesShrinkToASixteenthOfWhatSuits() {
    assertEquals(1 << 26, PieceSize.of(1L << 30, 1 << 26, 0.5));
    assertEquals(1 << 22, PieceSize.of(1 << 23, 1 << 26, 0.1));
    assertEquals(PieceSize.MIN_SAMPLES, PieceSize.of(1 << 23, 1 << 20, 0.001));
    assertEquals(5, PieceSize.of(5, 1 << 20, 1));
  }
}
