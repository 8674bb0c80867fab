package stops.exr.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HuffmanTreeTest {
  /** A subtree and its leaves. It is ordered as {@code symbol} is. */
  private record Subtree(long frequency, int symbol, List<Integer> leaves) {}

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 1000})
  void lengthsAreThoseOfJoiningTheTwoRarest(int mostFrequent) {
    SplittableRandom random = new SplittableRandom(mostFrequent);
    HuffmanTree tree = new HuffmanTree();
    for (int size = 2; size < 60; size++) {
      int[] frequencies = new int[HuffmanCode.SYMBOLS];
      int least = random.nextInt(100);
      int most = least + size - 1;
      for (int symbol = least; symbol <= most; symbol++) {
        frequencies[symbol] = random.nextInt(mostFrequent + 1);
      }
      frequencies[least] = 1;
      frequencies[most] = 1;
      byte[] lengths = new byte[HuffmanCode.SYMBOLS];
      tree.lengths(frequencies, least, most, lengths);
      assertArrayEquals(expected(frequencies, least, most), lengths);
    }
  }

  private static byte[] expected(int[] frequencies, int least, int most) {
    List<Subtree> trees = new ArrayList<>();
    for (int symbol = least; symbol <= most; symbol++) {
      if (frequencies[symbol] > 0) {
        trees.add(new Subtree(frequencies[symbol], symbol, List.of(symbol)));
      }
    }
    byte[] lengths = new byte[HuffmanCode.SYMBOLS];
    while (trees.size() > 1) {
      trees.sort(Comparator.comparingLong(Subtree::frequency).thenComparingInt(Subtree::symbol));
      Subtree first = trees.removeFirst();
      Subtree second = trees.removeFirst();
      List<Integer> leaves = new ArrayList<>(first.leaves());
      leaves.addAll(second.leaves());
      leaves.forEach(leaf -> lengths[leaf]++);
      long frequency = first.frequency() + second.frequency();
      trees.add(new Subtree(frequency, second.symbol(), leaves));
    }
    return lengths;
  }
}
