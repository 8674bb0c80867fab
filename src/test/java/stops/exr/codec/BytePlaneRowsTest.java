package stops.exr.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import stops.exr.PlaneSamples;

/** Row by row, the result equals that of {@link BytePlanes} for the whole block. */
class BytePlaneRowsTest {
  private static final ExrChannel HALF = ExrChannel.of("A", PixelType.HALF);
  private static final ExrChannel FLOAT = ExrChannel.of("B", PixelType.FLOAT);
  private static final ExrChannel UINT = ExrChannel.of("C", PixelType.UINT);

  static List<List<ExrChannel>> channels() {
    return List.of(
        List.of(HALF),
        List.of(FLOAT),
        List.of(HALF, FLOAT, UINT),
        List.of(FLOAT, HALF, HALF, HALF, FLOAT),
        List.of(
            new ExrChannel("BY", PixelType.HALF, false, 2, 2),
            new ExrChannel("RY", PixelType.FLOAT, false, 3, 4),
            HALF),
        List.of(new ExrChannel("far", PixelType.HALF, false, 100, 100), HALF),
        List.of(HALF, new ExrChannel("far", PixelType.HALF, false, 100, 100)),
        List.of());
  }

  @ParameterizedTest
  @MethodSource("channels")
  void rowsOfEveryWidthAreSplitAndJoinedLikeOneRun(List<ExrChannel> channels) {
    for (int width = 1; width <= 40; width++) {
      for (int height = 1; height <= 9; height += 4) {
        assertLikeOneRun(new BlockLayout(-9, 3, width - 10, height + 2, channels));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("channels")
  void rowsLongerThanAPieceAreToo(List<ExrChannel> channels) {
    for (int width : List.of(2047, 2048, 2049, 4095, 4096, 4097, 12_345)) {
      assertLikeOneRun(new BlockLayout(-9, 3, width - 10, 5, channels));
    }
  }

  private static void assertLikeOneRun(BlockLayout block) {
    byte[] raw = new byte[(int) block.bytes()];
    new Random(raw.length).nextBytes(raw);
    byte[] expected = new byte[raw.length];
    BytePlanes.split(raw, raw.length, expected);
    try (Arena arena = Arena.ofConfined()) {
      byte[] planes = new byte[raw.length];
      BlockSamples samples = new BlockSamples(block, PlaneSamples.of(block, raw, arena));
      new BytePlaneRows().split(samples, planes);
      assertArrayEquals(expected, planes, block.toString());

      List<MemorySegment> joined = PlaneSamples.room(block, arena);
      new BytePlaneRows().join(planes, new BlockSamples(block, joined));
      assertArrayEquals(raw, PlaneSamples.raw(block, joined), block.toString());
      assertArrayEquals(expected, planes, "joining changes nothing");
    }
  }

  @Test
  void theLastRowMayBeTheLastThereIs() {
    int y = Integer.MAX_VALUE;
    BlockLayout block = new BlockLayout(0, y - 1, 8, y, List.of(HALF));
    byte[] raw = new byte[(int) block.bytes()];
    new Random(6).nextBytes(raw);
    try (Arena arena = Arena.ofConfined()) {
      List<MemorySegment> planes = PlaneSamples.room(block, arena);
      BlockSamples samples = new BlockSamples(block, planes);
      samples.putRows(raw);
      byte[] back = new byte[raw.length];
      samples.getRows(back);
      assertArrayEquals(raw, back);
    }
  }

  @Test
  void planesOfAnotherSizeAreRefused() {
    BlockLayout block = new BlockLayout(0, 0, 9, 1, List.of(HALF, FLOAT));
    MemorySegment halves = MemorySegment.ofArray(new byte[40]);
    MemorySegment floats = MemorySegment.ofArray(new byte[79]);
    assertEquals(
        "the plane of channel B has 79 bytes instead of 80",
        assertThrows(
                IllegalArgumentException.class,
                () -> new BlockSamples(block, List.of(halves, floats)))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> new BlockSamples(block, List.of(halves)));
  }
}
