package stops.exr.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static stops.exr.codec.DwaScheme.DEFLATE;
import static stops.exr.codec.DwaScheme.LOSSY;
import static stops.exr.codec.DwaScheme.RUNS;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DwaPlanTest {
  private static DwaRule rule(String suffix, DwaScheme scheme, int colour) {
    return new DwaRule(suffix, PixelType.HALF, scheme, colour, false);
  }

  private static final List<DwaRule> COLOURS =
      List.of(rule("R", LOSSY, 0), rule("G", LOSSY, 1), rule("B", LOSSY, 2), rule("A", RUNS, -1));

  private static List<ExrChannel> halves(String... names) {
    return Stream.of(names).map(name -> ExrChannel.of(name, PixelType.HALF)).toList();
  }

  @Test
  void coloursOfALayerAreCodedTogetherInTheOrderOfLayers() throws Exception {
    List<ExrChannel> channels = halves("A", "B", "G", "R", "key.B", "key.G", "key.R", "x.G");
    DwaPlan plan = DwaPlan.of(channels, COLOURS);
    assertEquals(List.of(RUNS, LOSSY, LOSSY, LOSSY, LOSSY, LOSSY, LOSSY, LOSSY), plan.schemes());
    assertEquals(2, plan.colours().size());
    assertArrayEquals(new int[] {3, 2, 1}, plan.colours().get(0));
    assertArrayEquals(new int[] {6, 5, 4}, plan.colours().get(1));
  }

  @Test
  void whatNoRuleNamesIsDeflated() throws Exception {
    List<ExrChannel> channels =
        List.of(ExrChannel.of("R", PixelType.FLOAT), ExrChannel.of("r", PixelType.HALF));
    assertEquals(List.of(DEFLATE, DEFLATE), DwaPlan.of(channels, COLOURS).schemes());
  }

  @Test
  void coloursOfDifferentSamplingAreCodedAlone() throws Exception {
    List<ExrChannel> channels =
        List.of(
            ExrChannel.of("B", PixelType.HALF),
            new ExrChannel("G", PixelType.HALF, false, 2, 1),
            ExrChannel.of("R", PixelType.HALF));
    assertEquals(0, DwaPlan.of(channels, COLOURS).colours().size());
  }

  @Test
  void theLastRuleThatMatchesCounts() throws Exception {
    List<DwaRule> rules = List.of(rule("Z", LOSSY, -1), rule("Z", RUNS, -1));
    assertEquals(List.of(RUNS), DwaPlan.of(halves("Z"), rules).schemes());
  }

  @Test
  void oldBlocksHaveRulesForNamesInAnyCase() throws Exception {
    List<ExrChannel> channels = halves("Blue", "GRN", "a", "id", "r");
    DwaPlan plan = DwaPlan.of(channels, DwaRule.LEGACY);
    assertEquals(List.of(LOSSY, LOSSY, RUNS, DEFLATE, LOSSY), plan.schemes());
    assertArrayEquals(new int[] {4, 1, 0}, plan.colours().get(0));
  }

  @Test
  void refusesColoursThatAreNotAllLossy() {
    List<DwaRule> rules = List.of(rule("R", RUNS, 0), rule("G", LOSSY, 1), rule("B", LOSSY, 2));
    assertThrows(ExrException.class, () -> DwaPlan.of(halves("B", "G", "R"), rules));
  }

  @Test
  void refusesIntegersWithLoss() {
    List<DwaRule> rules = List.of(new DwaRule("id", PixelType.UINT, LOSSY, -1, false));
    List<ExrChannel> channels = List.of(ExrChannel.of("id", PixelType.UINT));
    assertThrows(ExrException.class, () -> DwaPlan.of(channels, rules));
  }
}
