package stops.display;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DisplayTransformTest {

  private static double signal(double light) {
    return light <= 0.0031308 ? 12.92 * light : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
  }

  @Test
  void codesAreTheNearestOnes() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 1_000_000; i++) {
      float light = random.nextFloat();
      double srgb = 255 * signal(light);
      // Where two codes are as near, either will do.
      double slack = Math.abs(srgb - Math.floor(srgb) - 0.5) < 1e-5 ? 1 : 0;
      assertEquals(Math.round(srgb), DisplayTransform.SRGB.code(light), slack, light + "");
      assertEquals(Math.round(255.0 * light), DisplayTransform.LINEAR.code(light), light + "");
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyCodeComesBack(DisplayTransform transform) {
    for (int code = 0; code < 256; code++) {
      assertEquals(code, transform.code((float) transform.light(code / 255.0)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsOutOfRangeIsBlackOrWhite(DisplayTransform transform) {
    for (float black : new float[] {0, -0f, -1, -65504, Float.NEGATIVE_INFINITY, Float.NaN}) {
      assertEquals(0, transform.code(black));
    }
    for (float white : new float[] {1, 1.5f, 65504, Float.POSITIVE_INFINITY}) {
      assertEquals(255, transform.code(white));
    }
  }
}
