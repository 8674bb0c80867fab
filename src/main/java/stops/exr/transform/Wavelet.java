package stops.exr.transform;

/**
 * The two-dimensional Haar wavelet of PIZ, in place on planes of 16-bit words.
 *
 * <p>A pair (a, b) becomes a mean and a difference. If all words are below 2^14, nothing overflows
 * and the mean is {@code (a + b) >> 1}. Otherwise the arithmetic is modulo 2^16.
 *
 * <p>The four words of a 2 × 2 square are transformed along the rows, then along the columns. The
 * means form the plane of the next level, with twice the distance between words.
 */
public final class Wavelet {
  private static final int PLAIN_LIMIT = 1 << 14;
  private static final int HALF_RANGE = 1 << 15;

  private final short[] words;
  private final int start;
  private final int columns;
  private final int columnStep;
  private final int rows;
  private final int rowStep;

  /**
   * Creates the transform of one plane.
   *
   * @param words the array that contains the plane
   * @param start index of the plane's first word
   * @param columns width of the plane
   * @param columnStep distance in words between neighbours in a row
   * @param rows height of the plane
   * @param rowStep distance in words between rows
   */
  public Wavelet(short[] words, int start, int columns, int columnStep, int rows, int rowStep) {
    this.words = words;
    this.start = start;
    this.columns = columns;
    this.columnStep = columnStep;
    this.rows = rows;
    this.rowStep = rowStep;
  }

  /** Transforms the words in place. No word may exceed {@code largest}. */
  public void forward(int largest) {
    int smaller = Math.min(columns, rows);
    for (int level = 1; level <= smaller / 2; level *= 2) {
      if (largest < PLAIN_LIMIT) {
        forwardPlain(level);
      } else {
        forwardModulo(level);
      }
    }
  }

  /** Inverts {@link #forward} with the same {@code largest}. */
  public void inverse(int largest) {
    int smaller = Math.min(columns, rows);
    for (int level = Integer.highestOneBit(smaller) / 2; level > 0; level /= 2) {
      if (largest < PLAIN_LIMIT) {
        inversePlain(level);
      } else {
        inverseModulo(level);
      }
    }
  }

  private void inversePlain(int level) {
    short[] w = words;
    int right = columnStep * level;
    int down = rowStep * level;
    int squares = columns / (2 * level);
    int rowPairs = rows / (2 * level);
    for (int pair = 0; pair < rowPairs; pair++) {
      int at = start + 2 * down * pair;
      for (int i = 0; i < squares; i++, at += 2 * right) {
        int bottom = at + down;
        int difference = w[bottom];
        int a = w[at] + (difference & 1) + (difference >> 1);
        int topMean = (short) a;
        int bottomMean = (short) (a - difference);
        difference = w[bottom + right];
        a = w[at + right] + (difference & 1) + (difference >> 1);
        int topDifference = (short) a;
        int bottomDifference = (short) (a - difference);
        a = topMean + (topDifference & 1) + (topDifference >> 1);
        w[at] = (short) a;
        w[at + right] = (short) (a - topDifference);
        a = bottomMean + (bottomDifference & 1) + (bottomDifference >> 1);
        w[bottom] = (short) a;
        w[bottom + right] = (short) (a - bottomDifference);
      }
      if ((columns & level) != 0) {
        inversePlainPair(at, at + down);
      }
    }
    if ((rows & level) != 0) {
      int at = start + 2 * down * rowPairs;
      for (int i = 0; i < squares; i++, at += 2 * right) {
        inversePlainPair(at, at + right);
      }
    }
  }

  private void inversePlainPair(int mean, int other) {
    int difference = words[other];
    int a = words[mean] + (difference & 1) + (difference >> 1);
    words[mean] = (short) a;
    words[other] = (short) (a - difference);
  }

  private void inverseModulo(int level) {
    short[] w = words;
    int right = columnStep * level;
    int down = rowStep * level;
    int squares = columns / (2 * level);
    int rowPairs = rows / (2 * level);
    for (int pair = 0; pair < rowPairs; pair++) {
      int at = start + 2 * down * pair;
      for (int i = 0; i < squares; i++, at += 2 * right) {
        int bottom = at + down;
        int difference = w[bottom] & 0xffff;
        int bottomMean = w[at] - (difference >> 1);
        int topMean = difference + bottomMean - HALF_RANGE;
        difference = w[bottom + right] & 0xffff;
        int bottomDifference = (w[at + right] - (difference >> 1)) & 0xffff;
        int topDifference = (difference + bottomDifference - HALF_RANGE) & 0xffff;
        int b = topMean - (topDifference >> 1);
        w[at] = (short) (topDifference + b - HALF_RANGE);
        w[at + right] = (short) b;
        b = bottomMean - (bottomDifference >> 1);
        w[bottom] = (short) (bottomDifference + b - HALF_RANGE);
        w[bottom + right] = (short) b;
      }
      if ((columns & level) != 0) {
        inverseModuloPair(at, at + down);
      }
    }
    if ((rows & level) != 0) {
      int at = start + 2 * down * rowPairs;
      for (int i = 0; i < squares; i++, at += 2 * right) {
        inverseModuloPair(at, at + right);
      }
    }
  }

  private void inverseModuloPair(int mean, int other) {
    int difference = words[other] & 0xffff;
    int b = words[mean] - (difference >> 1);
    words[mean] = (short) (difference + b - HALF_RANGE);
    words[other] = (short) b;
  }

  private void forwardPlain(int level) {
    short[] w = words;
    int right = columnStep * level;
    int down = rowStep * level;
    int squares = columns / (2 * level);
    int rowPairs = rows / (2 * level);
    for (int pair = 0; pair < rowPairs; pair++) {
      int at = start + 2 * down * pair;
      for (int i = 0; i < squares; i++, at += 2 * right) {
        int bottom = at + down;
        int topMean = (w[at] + w[at + right]) >> 1;
        int topDifference = w[at] - w[at + right];
        int bottomMean = (w[bottom] + w[bottom + right]) >> 1;
        int bottomDifference = w[bottom] - w[bottom + right];
        w[at] = (short) ((topMean + bottomMean) >> 1);
        w[bottom] = (short) (topMean - bottomMean);
        w[at + right] = (short) ((topDifference + bottomDifference) >> 1);
        w[bottom + right] = (short) (topDifference - bottomDifference);
      }
      if ((columns & level) != 0) {
        forwardPlainPair(at, at + down);
      }
    }
    if ((rows & level) != 0) {
      int at = start + 2 * down * rowPairs;
      for (int i = 0; i < squares; i++, at += 2 * right) {
        forwardPlainPair(at, at + right);
      }
    }
  }

  private void forwardPlainPair(int first, int second) {
    int a = words[first];
    int b = words[second];
    words[first] = (short) ((a + b) >> 1);
    words[second] = (short) (a - b);
  }

  private void forwardModulo(int level) {
    int right = columnStep * level;
    int down = rowStep * level;
    int squares = columns / (2 * level);
    int rowPairs = rows / (2 * level);
    for (int pair = 0; pair < rowPairs; pair++) {
      int at = start + 2 * down * pair;
      for (int i = 0; i < squares; i++, at += 2 * right) {
        int bottom = at + down;
        forwardModuloPair(at, at + right);
        forwardModuloPair(bottom, bottom + right);
        forwardModuloPair(at, bottom);
        forwardModuloPair(at + right, bottom + right);
      }
      if ((columns & level) != 0) {
        forwardModuloPair(at, at + down);
      }
    }
    if ((rows & level) != 0) {
      int at = start + 2 * down * rowPairs;
      for (int i = 0; i < squares; i++, at += 2 * right) {
        forwardModuloPair(at, at + right);
      }
    }
  }

  private void forwardModuloPair(int first, int second) {
    int a = (words[first] + HALF_RANGE) & 0xffff;
    int b = words[second] & 0xffff;
    int difference = a - b;
    int mean = (a + b) >> 1;
    words[first] = (short) (difference < 0 ? mean + HALF_RANGE : mean);
    words[second] = (short) difference;
  }
}
