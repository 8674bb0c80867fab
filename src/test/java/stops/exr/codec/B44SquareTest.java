package stops.exr.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class B44SquareTest {
  /** Packs a square into 14 bytes. The differences are biased by 32. */
  private static byte[] packed(int first, int shift, int... differences) {
    byte[] packed = new byte[14];
    packed[0] = (byte) (first >> 8);
    packed[1] = (byte) first;
    int[] sixes = new int[16];
    sixes[0] = shift;
    System.arraycopy(differences, 0, sixes, 1, 15);
    for (int bit = 0; bit < 96; bit++) {
      int value = sixes[bit / 6] >>> (5 - bit % 6) & 1;
      packed[2 + bit / 8] |= (byte) (value << (7 - bit % 8));
    }
    return packed;
  }

  @ParameterizedTest
  @CsvSource({"13", "14", "63"})
  void tooLargeAShiftMeansThatAllAreEqual(int shift) {
    byte[] packed = {(byte) 0xbc, 0x01, (byte) (shift << 2)};
    assertEquals(3, B44Square.bytes(packed, 0));
    short[] square = new short[16];
    B44Square.unpack(packed, 0, square);
    short[] expected = new short[16];
    Arrays.fill(expected, (short) 0x3c01);
    assertArrayEquals(expected, square);
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "7", "12"})
  void differencesGoDownTheFirstColumnThenAlongTheRows(int shift) {
    int[] differences = {33, 34, 31, 32, 32, 32, 32, 33, 33, 33, 33, 30, 35, 32, 1};
    byte[] packed = packed(0x8000, shift, differences);
    assertEquals(14, B44Square.bytes(packed, 0));
    short[] square = new short[16];
    B44Square.unpack(packed, 0, square);
    int[] steps = {0, 0, 1, -1, 1, 1, 2, 5, 3, 3, 4, 4, 2, 2, 3, -28};
    for (int i = 0; i < 16; i++) {
      int ordered = 0x8000 + (steps[i] << shift) & 0xffff;
      int half = ordered >= 0x8000 ? ordered - 0x8000 : 0xffff - ordered;
      assertEquals(half, square[i] & 0xffff, "sample " + i);
    }
  }
}
