package stops.exr.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaveletTest {
  @ParameterizedTest
  @CsvSource({"1, 1", "1, 9", "2, 2", "3, 2", "13, 7", "64, 32", "65, 33", "207, 31", "8, 300"})
  public void inverseUndoesForwardInBothArithmetics(int columns, int rows) {
    for (int largest : new int[] {1, (1 << 14) - 1, 1 << 14, 0xffff}) {
      for (int step = 1; step <= 2; step++) {
        SplittableRandom random = new SplittableRandom(columns * 1000L + rows);
        short[] words = new short[columns * rows * step + 3];
        for (int i = 0; i < words.length; i++) {
          words[i] = (short) random.nextInt(largest + 1);
        }
        short[] before = words.clone();
        Wavelet wavelet = new Wavelet(words, 3, columns, step, rows, columns * step);
        wavelet.forward(largest);
        wavelet.inverse(largest);
        assertArrayEquals(before, words, "largest " + largest + ", step " + step);
      }
    }
  }

  @Test
  public void aConstantPlaneHasOneWordThatIsNotZero() {
    short[] words = new short[64];
    Arrays.fill(words, (short) 1000);
    new Wavelet(words, 0, 8, 1, 8, 8).forward(1000);
    assertEquals(1000, words[0]);
    for (int i = 1; i < words.length; i++) {
      assertEquals(0, words[i]);
    }
  }
}
