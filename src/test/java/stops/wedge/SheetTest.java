package stops.wedge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import stops.engine.ExactStops;

class SheetTest {

  @Test
  void columnsFillRows() {
    assertEquals(1, Wedge.usualColumns(1, 100, 100));
    for (int count = 1; count <= 100; count++) {
      for (int[] size : new int[][] {{320, 180}, {180, 320}, {1, 1000}, {1000, 1}}) {
        int columns = Wedge.usualColumns(count, size[0], size[1]);
        assertTrue(columns >= 1 && columns <= count);
        int rows = Math.ceilDiv(count, columns);
        assertTrue(Math.ceilDiv(count, rows) == columns, count + " in " + columns);
      }
    }
  }

  @Test
  void labelsAreForPeople() {
    assertEquals("0", Sheet.label(stops("0")));
    assertEquals("+1/3", Sheet.label(stops("1/3")));
    assertEquals("\u22124 2/3", Sheet.label(stops("-4-2/3")));
    assertEquals("+1.5", Sheet.label(stops("1.5")));
    assertEquals("\u22121 1/7", Sheet.label(stops("-8/7")));
  }

  private static ExactStops stops(String text) {
    return ExactStops.parse(text);
  }
}
