package stops.exr.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BytePlanesTest {

  @Test
  void bytesAtEvenPlacesComeFirstAndThenDifferencesPlus128() {
    byte[] planes = new byte[5];
    BytePlanes.split(new byte[] {1, 10, 3, 40, 9}, 5, planes);
    assertArrayEquals(
        new byte[] {1, (byte) (128 + 2), (byte) (128 + 6), (byte) (128 + 1), (byte) (128 + 30)},
        planes);
  }

  @Test
  void everySizeComesBack() {
    Random random = new Random(3);
    for (int count = 0; count < 300; count++) {
      byte[] raw = new byte[count];
      random.nextBytes(raw);
      byte[] planes = new byte[count];
      BytePlanes.split(raw, count, planes);
      byte[] joined = new byte[count + 3];
      BytePlanes.join(planes, count, joined);
      assertArrayEquals(raw, Arrays.copyOf(joined, count), "size " + count);
      assertArrayEquals(new byte[3], Arrays.copyOfRange(joined, count, count + 3));
    }
  }

  @Test
  void sumsWrapAsInASlowLoop() {
    Random random = new Random(4);
    byte[] planes = new byte[1001];
    random.nextBytes(planes);
    byte[] slow = planes.clone();
    for (int i = 1; i < slow.length; i++) {
      slow[i] = (byte) (slow[i - 1] + slow[i] - 128);
    }
    byte[] expected = new byte[slow.length];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = slow[i % 2 == 0 ? i / 2 : (slow.length + 1) / 2 + i / 2];
    }
    byte[] joined = new byte[planes.length];
    BytePlanes.join(planes, planes.length, joined);
    assertArrayEquals(expected, joined);
  }
}
