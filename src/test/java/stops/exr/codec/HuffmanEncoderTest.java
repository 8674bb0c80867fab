package stops.exr.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HuffmanEncoderTest {
  private static final int FROM = 5;

  private final HuffmanEncoder encoder = new HuffmanEncoder();
  private final HuffmanDecoder decoder = new HuffmanDecoder();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 255, 256, 257, 258, 1000, 70_000})
  void oneWordManyTimesIsDecoded(int count) throws Exception {
    short[] words = new short[count];
    Arrays.fill(words, (short) 0xffff);
    assertDecodedAgain(words);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 100, 1 << 16})
  void wordsOfEqualFrequencyAreDecoded(int different) throws Exception {
    SplittableRandom random = new SplittableRandom(different);
    short[] words = new short[200_000];
    for (int i = 0; i < words.length; i++) {
      words[i] = (short) random.nextInt(different);
    }
    assertDecodedAgain(words);
  }

  @Test
  void frequenciesOfFibonacciGiveLongCodesThatAreDecoded() throws Exception {
    short[] words = new short[300_000];
    int at = 0;
    int before = 1;
    int frequency = 1;
    for (int word = 0; at + frequency <= words.length; word++) {
      Arrays.fill(words, at, at + frequency, (short) (1000 * word));
      at += frequency;
      int next = before + frequency;
      before = frequency;
      frequency = next;
    }
    SplittableRandom random = new SplittableRandom(9);
    for (int i = words.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      short word = words[i];
      words[i] = words[other];
      words[other] = word;
    }
    assertDecodedAgain(words);
  }

  @Test
  void saysWhenThereIsTooLittleRoom() {
    short[] words = new short[3000];
    for (int i = 0; i < words.length; i++) {
      words[i] = (short) (i * i);
    }
    byte[] packed = new byte[20_000];
    int end = encoder.encode(words, words.length, packed, FROM, packed.length);
    assertTrue(end > 0);
    for (int room = 0; room < end - 8; room += 7) {
      byte[] small = new byte[FROM + room];
      assertEquals(-1, encoder.encode(words, words.length, small, FROM, small.length));
    }
  }

  private void assertDecodedAgain(short[] words) throws ExrException {
    byte[] packed = new byte[3 * words.length + 200_000];
    int end = encoder.encode(words, words.length, packed, FROM, packed.length);
    assertTrue(end > 0);
    short[] back = new short[words.length];
    decoder.decode(packed, FROM, end - FROM, back, back.length);
    assertArrayEquals(words, back);
    decoder.check(packed, FROM, end - FROM, words.length);
    assertThrows(
        ExrException.class, () -> decoder.check(packed, FROM, end - FROM, words.length + 1));
  }
}
