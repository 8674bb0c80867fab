package stops.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import stops.display.LuminanceWeights;
import stops.image.Window;

class PixelChoiceTest {

  @ParameterizedTest
  @CsvSource({"1,1,10", "7,5,35", "7,5,34", "7,5,11", "1000,3,100", "3,1000,100", "1,5000,64"})
  void everyCellHasOnePixelHoweverRowsAreCut(int width, int height, int most) {
    Window window = new Window(-5, 3, -6 + width, 2 + height);
    PixelChoice choice = PixelChoice.of(window, null, most);
    assertTrue(choice.count() <= most, choice.toString());
    BitSet whole = new BitSet();
    BitSet cut = new BitSet();
    for (int y = 0; y <= height + 5; y++) {
      choice.row(
          y,
          -100,
          10_000,
          (number, x, row) -> {
            assertTrue(x >= window.xMin() && x <= window.xMax(), "column " + x);
            assertTrue(!whole.get(number), "twice: " + number);
            whole.set(number);
            int block = choice.block(x, row);
            assertTrue(block >= 0 && block < PixelChoice.BLOCKS, "block " + block);
          });
      for (int x = window.xMin(); x <= window.xMax(); x += 3) {
        choice.row(y, x, x + 2, (number, column, row) -> cut.set(number));
      }
    }
    assertEquals(choice.count(), whole.cardinality());
    assertEquals(whole, cut);
  }

  @Test
  void aPictureThatIsSmallEnoughIsTakenWhole() {
    assertEquals(35, PixelChoice.of(Window.ofSize(7, 5), null, 35).count());
    assertEquals(18, PixelChoice.of(Window.ofSize(7, 5), null, 34).count());
  }

  @Test
  void weightsOfKnownColourSpaces() {
    assertWeights("0.64 0.33 0.3 0.6 0.15 0.06 0.3127 0.329", 0.2126, 0.7152, 0.0722);
    assertWeights("0.708 0.292 0.17 0.797 0.131 0.046 0.3127 0.329", 0.2627, 0.678, 0.0593);
    assertWeights("0.7347 0.2653 0 1 0.0001 -0.077 0.32168 0.33767", 0.34397, 0.72817, -0.07213);
    assertNull(LuminanceWeights.ofText("0 0 0 0 0 0 0 0"));
    assertNull(LuminanceWeights.ofText("1 2 3"));
    assertNull(LuminanceWeights.ofText("8 bytes 00"));
  }

  private static void assertWeights(String text, double red, double green, double blue) {
    double[] weights = Objects.requireNonNull(LuminanceWeights.ofText(text));
    assertEquals(red, weights[0], 5e-5);
    assertEquals(green, weights[1], 5e-5);
    assertEquals(blue, weights[2], 5e-5);
  }

  @Test
  void clippingIsAPileAtTheGreatest() {
    float[] ramp = new float[10_000];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = -8 + i * 0.001f;
    }
    assertEquals(Double.POSITIVE_INFINITY, Clipping.of(ramp, null));
    float[] clipped = ramp.clone();
    for (int i = 0; i < clipped.length; i++) {
      clipped[i] = Math.min(clipped[i], 1);
    }
    assertEquals(1, Clipping.of(clipped, null), 0.02);
    float[] painted = clipped.clone();
    Arrays.fill(painted, 0, 500, 3f);
    assertEquals(1, Clipping.of(painted, null), 0.02);
    assertEquals(Double.POSITIVE_INFINITY, Clipping.of(new float[1000], null));
  }
}
