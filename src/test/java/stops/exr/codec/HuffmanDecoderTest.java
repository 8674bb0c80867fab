package stops.exr.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import stops.exr.deflate.LittleEndian;

class HuffmanDecoderTest {
  /** Collects bits, highest bit of each byte first. */
  private static final class Bits {
    private final List<Byte> bytes = new ArrayList<>();
    private int filled = 8;

    Bits put(int count, int value) {
      for (int i = count - 1; i >= 0; i--) {
        if (filled == 8) {
          bytes.add((byte) 0);
          filled = 0;
        }
        int last = bytes.size() - 1;
        bytes.set(last, (byte) (bytes.get(last) | (value >>> i & 1) << (7 - filled++)));
      }
      return this;
    }
  }

  private static byte[] packed(int least, int most, Bits lengths, int bits, Bits codes) {
    byte[] packed = new byte[20 + lengths.bytes.size() + codes.bytes.size()];
    LittleEndian.putInt(packed, 0, least);
    LittleEndian.putInt(packed, 4, most);
    LittleEndian.putInt(packed, 12, bits);
    int at = 20;
    for (byte b : lengths.bytes) {
      packed[at++] = b;
    }
    for (byte b : codes.bytes) {
      packed[at++] = b;
    }
    return packed;
  }

  /**
   * The code lengths of a code in which symbol 5 is "1", 7 is "00", and the run symbol 8 is "01".
   */
  private static Bits lengths() {
    return new Bits().put(6, 1).put(6, 0).put(6, 2).put(6, 2);
  }

  private static short[] decode(byte[] packed, int count) throws ExrException {
    short[] words = new short[count];
    new HuffmanDecoder().decode(packed, 0, packed.length, words, count);
    return words;
  }

  @Test
  void decodesWordsAndRuns() throws Exception {
    Bits codes = new Bits().put(1, 1).put(2, 0).put(2, 1).put(8, 3).put(1, 1);
    byte[] packed = packed(5, 8, lengths(), 14, codes);
    assertArrayEquals(new short[] {5, 7, 7, 7, 7, 5}, decode(packed, 6));
  }

  @Test
  void codesOf58BitsAreDecoded() throws Exception {
    Bits lengths = new Bits();
    for (int length = 1; length <= 58; length++) {
      lengths.put(6, length);
    }
    lengths.put(6, 58);
    Bits codes = new Bits();
    int bits = 0;
    short[] expected = new short[58 * 3];
    for (int i = 0; i < expected.length; i++) {
      int symbol = i % 58;
      expected[i] = (short) symbol;
      codes.put(symbol, 0);
      if (symbol < 57) {
        codes.put(1, 1);
      } else {
        codes.put(1, 0);
      }
      bits += symbol + 1;
    }
    assertArrayEquals(expected, decode(packed(0, 58, lengths, bits, codes), expected.length));
  }

  @Test
  void refusesARunWithoutAWord() {
    Bits codes = new Bits().put(2, 1).put(8, 3).put(1, 1);
    assertRefused("run out of range", packed(5, 8, lengths(), 11, codes), 4);
  }

  @Test
  void refusesARunBeyondTheBlock() {
    Bits codes = new Bits().put(1, 1).put(2, 1).put(8, 200);
    assertRefused("run out of range", packed(5, 8, lengths(), 11, codes), 200);
  }

  @Test
  void refusesTooFewAndTooManyWords() {
    Bits codes = new Bits().put(8, 0xff);
    assertRefused("ends early", packed(5, 8, lengths(), 8, codes), 9);
    assertRefused("does not end with the block", packed(5, 8, lengths(), 8, codes), 7);
    assertRefused("ends early", packed(5, 8, lengths(), 9, codes), 9);
  }

  @Test
  void refusesCodesThatMeanNothingOrTwoThings() {
    Bits codes = new Bits().put(8, 0xff);
    Bits gap = new Bits().put(6, 1).put(6, 0).put(6, 3).put(6, 2);
    Bits clash = new Bits().put(6, 1).put(6, 1).put(6, 2).put(6, 2);
    assertRefused("not complete", packed(5, 8, gap, 8, codes), 8);
    assertRefused("not complete", packed(5, 8, clash, 8, codes), 8);
  }

  @Test
  void refusesMoreLengthsThanSymbols() {
    Bits run = new Bits().put(6, 1).put(6, 63).put(8, 255);
    assertRefused("more lengths", packed(5, 8, run, 8, new Bits().put(8, 0xff)), 8);
  }

  @Test
  void refusesSymbolsOutOfRange() {
    Bits codes = new Bits().put(8, 0xff);
    for (int[] range : new int[][] {{-1, 8}, {5, 65537}, {9, 8}, {5, -1}}) {
      assertRefused("out of range", packed(range[0], range[1], lengths(), 8, codes), 8);
    }
  }

  private static void assertRefused(String problem, byte[] packed, int count) {
    ExrException e = assertThrows(ExrException.class, () -> decode(packed, count));
    assertTrue(String.valueOf(e.getMessage()).contains(problem), packed.length + " bytes: " + e);
  }
}
