package stops.exr.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ZigZagTest {
  @Test
  public void runsAlongTheDiagonals() {
    int[] order = new int[64];
    for (int i = 0; i < 64; i++) {
      order[ZigZag.place(i)] = i;
    }
    int[] firstRows = {0, 1, 5, 6, 14, 15, 27, 28, 2, 4, 7, 13, 16, 26, 29, 42};
    int[] lastRow = {35, 36, 48, 49, 57, 58, 62, 63};
    assertArrayEquals(firstRows, IntStream.range(0, 16).map(i -> order[i]).toArray());
    assertArrayEquals(lastRow, IntStream.range(56, 64).map(i -> order[i]).toArray());
  }

  @Test
  public void saysHowManyRowsAreReached() {
    int[] firstOfRow = {0, 2, 3, 9, 10, 20, 21, 35};
    for (int row = 1; row < 8; row++) {
      int first = firstOfRow[row];
      assertArrayEquals(
          new int[] {row, row + 1}, new int[] {ZigZag.rows(first - 1), ZigZag.rows(first)});
    }
  }
}
