package stops.exr.transform;

/** The zigzag order of the coefficients of an 8 × 8 square, as in JPEG. */
public final class ZigZag {
  private static final int SIDE = InverseCosines.SIDE;
  private static final byte[] PLACES = places();
  private static final byte[] ROWS = rows();

  private ZigZag() {}

  /** The index of a coefficient in a square that is stored row by row. */
  public static int place(int coefficient) {
    return PLACES[coefficient];
  }

  /** Number of top rows that contain the coefficients up to {@code last}. */
  public static int rows(int last) {
    return ROWS[last];
  }

  private static byte[] places() {
    byte[] places = new byte[SIDE * SIDE];
    int next = 0;
    for (int diagonal = 0; diagonal < 2 * SIDE - 1; diagonal++) {
      int first = Math.max(0, diagonal - SIDE + 1);
      int last = Math.min(diagonal, SIDE - 1);
      for (int i = first; i <= last; i++) {
        int row = diagonal % 2 == 0 ? last + first - i : i;
        places[next++] = (byte) (row * SIDE + diagonal - row);
      }
    }
    return places;
  }

  private static byte[] rows() {
    byte[] rows = new byte[SIDE * SIDE];
    int most = 0;
    for (int i = 0; i < rows.length; i++) {
      most = Math.max(most, PLACES[i] / SIDE + 1);
      rows[i] = (byte) most;
    }
    return rows;
  }
}
