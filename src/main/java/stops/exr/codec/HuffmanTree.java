package stops.exr.codec;

/**
 * Huffman's algorithm. The two nodes of least frequency are merged into one, until one is left. Of
 * equal frequencies, the smaller symbol comes first. A merged node takes the symbol of its second
 * child. The code lengths equal OpenEXR's.
 */
final class HuffmanTree {
  private static final int SYMBOL_BITS = 17;
  private static final int SYMBOL_MASK = (1 << SYMBOL_BITS) - 1;

  /** A heap of {@code frequency << 17 | symbol}, the least on top. */
  private final long[] heap = new long[HuffmanCode.SYMBOLS];

  private final int[] nodes = new int[HuffmanCode.SYMBOLS];
  private final int[] parents = new int[2 * HuffmanCode.SYMBOLS];
  private final byte[] depths = new byte[2 * HuffmanCode.SYMBOLS];
  private int size;

  /**
   * Computes the code length of each symbol from {@code least} to {@code most}. Symbols of
   * frequency 0 have length 0.
   *
   * @param frequencies the frequency of each symbol; two or more are not 0
   * @param lengths receives the lengths
   */
  void lengths(int[] frequencies, int least, int most, byte[] lengths) {
    size = 0;
    for (int symbol = least; symbol <= most; symbol++) {
      if (frequencies[symbol] > 0) {
        nodes[symbol] = symbol;
        heap[size++] = (long) frequencies[symbol] << SYMBOL_BITS | symbol;
      }
    }
    for (int i = size / 2 - 1; i >= 0; i--) {
      siftDown(i);
    }
    int node = HuffmanCode.SYMBOLS;
    while (size > 1) {
      long rarest = heap[0];
      heap[0] = heap[--size];
      siftDown(0);
      int first = (int) rarest & SYMBOL_MASK;
      int second = (int) heap[0] & SYMBOL_MASK;
      parents[nodes[first]] = node;
      parents[nodes[second]] = node;
      nodes[second] = node++;
      heap[0] += rarest & ~SYMBOL_MASK;
      siftDown(0);
    }
    depths[node - 1] = 0;
    for (int i = node - 2; i >= HuffmanCode.SYMBOLS; i--) {
      depths[i] = (byte) (depths[parents[i]] + 1);
    }
    for (int symbol = least; symbol <= most; symbol++) {
      lengths[symbol] = frequencies[symbol] == 0 ? 0 : (byte) (depths[parents[symbol]] + 1);
    }
  }

  private void siftDown(int from) {
    long moved = heap[from];
    int at = from;
    for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && heap[child + 1] < heap[child]) {
        child++;
      }
      if (moved <= heap[child]) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = moved;
  }
}
