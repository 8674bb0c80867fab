package stops.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import stops.image.Window;

class BoxAverageTest {
  private static final Window WINDOW = new Window(-7, 11, 692, 311);

  /** A sample of the picture: over 40 stops, some of them negative. */
  private static float sample(int x, int y, int colour) {
    Random random = new Random(31L * (31L * x + y) + colour);
    return (float) ((random.nextInt(8) == 0 ? -1 : 1) * Math.pow(2, random.nextInt(40) - 20));
  }

  private static float[][] row(int y) {
    float[][] row = new float[3][(int) WINDOW.width()];
    for (int colour = 0; colour < 3; colour++) {
      for (int i = 0; i < row[colour].length; i++) {
        row[colour][i] = sample(WINDOW.xMin() + i, y, colour);
      }
    }
    return row;
  }

  private static BoxAverage average(int level) {
    BoxAverage average = new BoxAverage(WINDOW, level);
    List<Integer> rows = new ArrayList<>();
    for (int y = WINDOW.yMin(); y <= WINDOW.yMax(); y++) {
      rows.add(y);
    }
    Collections.shuffle(rows, new Random(1));
    for (int y : rows) {
      average.add(y, WINDOW.xMin(), row(y), (int) WINDOW.width());
    }
    average.complete();
    return average;
  }

  @ParameterizedTest
  @CsvSource({"0,0", "0,1", "0,3", "1,1", "1,2", "3,3", "3,5", "5,9"})
  void aPixelIsTheMeanOfItsBox(int level, int tileLevel) {
    BoxAverage average = average(level);
    int side = 1 << tileLevel;
    int width = (int) BoxAverage.size(WINDOW.width(), tileLevel);
    int height = (int) BoxAverage.size(WINDOW.height(), tileLevel);
    int left = width > BoxAverage.TILE ? BoxAverage.TILE : 0;
    int columns = Math.min(BoxAverage.TILE, width - left);
    ByteBuffer tile =
        ByteBuffer.wrap(average.tile(tileLevel, left, 0, false)).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(12 * columns * Math.min(BoxAverage.TILE, height), tile.remaining());
    for (int y = 0; y < Math.min(BoxAverage.TILE, height); y += 5) {
      for (int x = 0; x < columns; x += 3) {
        double sum = 0;
        double size = 0;
        int count = 0;
        int bottom = Math.min(WINDOW.yMax() + 1, WINDOW.yMin() + (y + 1) * side);
        int right = Math.min(WINDOW.xMax() + 1, WINDOW.xMin() + (left + x + 1) * side);
        for (int fromY = WINDOW.yMin() + y * side; fromY < bottom; fromY++) {
          for (int fromX = WINDOW.xMin() + (left + x) * side; fromX < right; fromX++) {
            sum += sample(fromX, fromY, 1);
            size += Math.abs(sample(fromX, fromY, 1));
            count++;
          }
        }
        float found = tile.getFloat(4 * (3 * (y * columns + x) + 1));
        assertEquals(sum / count, found, 1e-6 * size / count, x + ", " + y);
      }
    }
  }

  private static float[] ofTwoByTwo(float... samples) {
    BoxAverage average = new BoxAverage(Window.ofSize(2, 2), 1);
    for (int y = 0; y < 2; y++) {
      float[] row = {samples[2 * y], samples[2 * y + 1]};
      average.add(y, 0, new float[][] {row, row, row}, 2);
    }
    ByteBuffer tile = ByteBuffer.wrap(average.tile(1, 0, 0, false)).order(ByteOrder.LITTLE_ENDIAN);
    return new float[] {tile.getFloat(0), tile.getFloat(4), tile.getFloat(8)};
  }

  @Test
  void aBadPixelShowsAtEverySizeAndNoSumOverflows() {
    assertTrue(Float.isNaN(ofTwoByTwo(1, Float.NaN, 1, 1)[0]));
    assertEquals(Float.POSITIVE_INFINITY, ofTwoByTwo(1, 1, Float.POSITIVE_INFINITY, 1)[1]);
    assertEquals(-1, ofTwoByTwo(1, 1, -5, -1)[2]);
    float most = Float.MAX_VALUE;
    assertEquals(most, ofTwoByTwo(most, most, most, most)[0]);
  }

  @Test
  void whatIsNotReadIsLikeItsNeighbourAndNaNOnceAllIsRead() {
    BoxAverage average = new BoxAverage(Window.ofSize(1, 4), 0);
    float[] row = {3};
    average.add(2, 0, new float[][] {row, row, row}, 1);
    ByteBuffer some = ByteBuffer.wrap(average.tile(0, 0, 0, false)).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(3, some.getFloat(0));
    average.complete();
    ByteBuffer all = ByteBuffer.wrap(average.tile(0, 0, 0, false)).order(ByteOrder.LITTLE_ENDIAN);
    assertTrue(Float.isNaN(all.getFloat(0)));
    assertEquals(3, all.getFloat(24));
  }

  @Test
  void theCacheHoldsNoMoreThanItMay() {
    TileCache cache = new TileCache(1000);
    for (int i = 0; i < 100; i++) {
      cache.put(new TileKey(i % 2, 0, 0, i, 0), new byte[90]);
      assertTrue(cache.bytes() <= 1000);
    }
    assertTrue(cache.get(new TileKey(1, 0, 0, 99, 0)) != null);
    assertTrue(cache.get(new TileKey(0, 0, 0, 0, 0)) == null);
    cache.drop(1);
    assertTrue(cache.get(new TileKey(1, 0, 0, 99, 0)) == null);
    cache.drop(0);
    assertEquals(0, cache.bytes());
  }
}
