package stops.exr.deflate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DeflateCodeTest {

  @Test
  void codesAreThoseOfTheExampleInRfc1951() {
    // Symbols A to H with the lengths 3, 3, 3, 3, 3, 2, 4, 4, as in RFC 1951, 3.2.2.
    DeflateCode code = new DeflateCode(8, 15);
    code.build(new int[] {10, 10, 10, 10, 10, 20, 5, 5});
    assertArrayEquals(new byte[] {3, 3, 3, 3, 3, 2, 4, 4}, code.lengths());
    String[] expected = {"010", "011", "100", "101", "110", "00", "1110", "1111"};
    for (int symbol = 0; symbol < 8; symbol++) {
      StringBuilder bits = new StringBuilder();
      for (int bit = 0; bit < code.codes()[symbol] >>> 16; bit++) {
        bits.append(code.codes()[symbol] >>> bit & 1);
      }
      assertEquals(expected[symbol], bits.toString());
    }
  }

  @Test
  void frequenciesThatAskForLongerCodesGetACompleteCodeWithinTheLimit() {
    for (int longest : new int[] {7, 15}) {
      int[] frequencies = new int[longest == 7 ? 19 : 30];
      int a = 1;
      int b = 1;
      for (int s = 0; s < frequencies.length; s++) {
        frequencies[s] = Math.min(a, 1 << 20);
        int sum = a + b;
        a = b;
        b = sum;
      }
      assertComplete(frequencies, longest);
    }
  }

  @Test
  void anyFrequenciesGetACompleteCode() {
    Random random = new Random(2);
    for (int n = 0; n < 3_000; n++) {
      boolean small = random.nextBoolean();
      int[] frequencies = new int[small ? 19 : 286];
      for (int used = random.nextInt(frequencies.length + 1); used > 0; used--) {
        int size = 1 << random.nextInt(21);
        frequencies[random.nextInt(frequencies.length)] = random.nextInt(size);
      }
      assertComplete(frequencies, small ? 7 : 15);
    }
  }

  @Test
  void fewerThanTwoSymbolsAreFilledUp() {
    assertComplete(new int[5], 15);
    assertComplete(new int[] {0, 0, 9, 0, 0}, 15);
    assertComplete(new int[] {9, 0, 0, 0, 0}, 15);
  }

  private static void assertComplete(int[] frequencies, int longest) {
    DeflateCode code = new DeflateCode(frequencies.length, longest);
    code.build(frequencies);
    long taken = 0;
    for (int s = 0; s < frequencies.length; s++) {
      int length = code.lengths()[s];
      assertTrue(length <= longest);
      assertTrue(frequencies[s] == 0 || length > 0);
      taken += length == 0 ? 0 : 1L << longest - length;
    }
    assertEquals(1L << longest, taken);
  }
}
