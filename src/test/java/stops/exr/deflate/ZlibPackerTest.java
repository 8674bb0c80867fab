package stops.exr.deflate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import stops.exr.Picture;
import stops.exr.codec.BlockLayout;
import stops.exr.codec.BytePlanes;
import stops.exr.codec.CompressorTest;

/** Zlib unpacks the packed data. */
class ZlibPackerTest {
  private final ZlibPacker packer = new ZlibPacker();

  @Test
  void everySmallSizeComesBack() throws Exception {
    for (int size = 0; size < 400; size++) {
      assertComesBack(new byte[size]);
      byte[] periodic = new byte[size];
      for (int i = 0; i < size; i++) {
        periodic[i] = (byte) (i % 7);
      }
      assertComesBack(periodic);
    }
  }

  @Test
  void noiseOfAnyStrengthComesBack() throws Exception {
    for (int values = 1; values <= 256; values++) {
      Random random = new Random(values);
      byte[] noise = new byte[20_000 + 500 * values];
      for (int i = 0; i < noise.length; i++) {
        noise[i] = (byte) (random.nextInt(values) * random.nextInt(values) / values);
      }
      assertComesBack(noise);
    }
  }

  @Test
  void sizesAroundBlocksAndTheWindowComeBack() throws Exception {
    Random random = new Random(5);
    for (int size : new int[] {32_767, 32_768, 32_769, 32_780, 65_535, 65_536, 65_548, 100_000}) {
      byte[] steps = new byte[size];
      for (int i = 1; i < size; i++) {
        steps[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt() : steps[i - 1]);
      }
      assertComesBack(steps);
    }
  }

  @Test
  void repetitionsAtEveryDistanceComeBack() throws Exception {
    byte[] pattern = new byte[300];
    new Random(6).nextBytes(pattern);
    for (int distance : new int[] {1, 2, 3, 4, 5, 300, 301, 8191, 8193, 32_767, 32_768, 32_769}) {
      byte[] bytes = new byte[distance + 2 * pattern.length];
      System.arraycopy(pattern, 0, bytes, 0, Math.min(distance, pattern.length));
      for (int i = distance; i < bytes.length; i++) {
        bytes[i] = bytes[i - distance];
      }
      assertComesBack(bytes);
    }
  }

  @Test
  void blocksThatAreStoredStandBesideBlocksThatAreNot() throws Exception {
    byte[] bytes = new byte[300_000];
    byte[] noise = new byte[100_003];
    new Random(8).nextBytes(noise);
    System.arraycopy(noise, 0, bytes, 70_001, noise.length);
    int packed = assertComesBack(bytes);
    assertTrue(packed > noise.length && packed < noise.length + 2_000, packed + " bytes");
  }

  @Test
  void randomMixturesComeBack() throws Exception {
    Random random = new Random(9);
    for (int n = 0; n < 300; n++) {
      byte[] bytes = new byte[random.nextInt(90_000)];
      for (int at = 0; at < bytes.length; ) {
        int run = Math.min(bytes.length - at, 1 + random.nextInt(1 << random.nextInt(13)));
        switch (random.nextInt(3)) {
          case 0 -> Arrays.fill(bytes, at, at + run, (byte) random.nextInt());
          case 1 -> {
            byte[] noise = new byte[run];
            random.nextBytes(noise);
            System.arraycopy(noise, 0, bytes, at, run);
          }
          default -> {
            int distance = 1 + random.nextInt(at + 1);
            for (int i = at; i < at + run && distance <= at; i++) {
              bytes[i] = bytes[i - distance];
            }
          }
        }
        at += run;
      }
      assertComesBack(bytes);
    }
  }

  /** Files must not depend on the data that a thread packed before. */
  @Test
  void whatWasPackedBeforeMakesNoDifference() {
    Random random = new Random(10);
    byte[] bytes = new byte[200_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (random.nextInt(4) * random.nextInt(3));
    }
    byte[] first = new byte[bytes.length];
    int size = packer.pack(bytes, bytes.length, first);
    byte[] again = new byte[bytes.length];
    assertEquals(size, packer.pack(bytes, bytes.length, again));
    assertArrayEquals(Arrays.copyOf(first, size), Arrays.copyOf(again, size));
  }

  @Test
  void noiseDoesNotBecomeSmaller() {
    byte[] noise = new byte[100_000];
    new Random(1).nextBytes(noise);
    assertEquals(-1, packer.pack(noise, noise.length, new byte[noise.length]));
  }

  @Test
  void picturesBecomeAboutAsSmallAsWithZlibAtItsLevel4() throws Exception {
    BlockLayout block = new BlockLayout(0, 0, 1023, 15, CompressorTest.MIXED);
    for (Picture picture : new Picture[] {Picture.SMOOTH, Picture.PHOTOGRAPH, Picture.CONSTANT}) {
      byte[] raw = picture.samples(block, 1);
      byte[] planes = new byte[raw.length];
      BytePlanes.split(raw, raw.length, planes);
      Deflater deflater = new Deflater(4);
      deflater.setInput(planes);
      deflater.finish();
      int zlib = deflater.deflate(new byte[2 * raw.length]);
      deflater.end();
      int packed = assertComesBack(planes);
      assertTrue(packed < zlib * 1.05 + 1_000, picture + ": " + packed + ", zlib: " + zlib);
    }
  }

  private int assertComesBack(byte[] bytes) throws DataFormatException {
    byte[] packed = new byte[bytes.length];
    int size = packer.pack(bytes, bytes.length, packed);
    if (size < 0) {
      return size;
    }
    assertTrue(size < bytes.length);
    Inflater inflater = new Inflater();
    inflater.setInput(packed, 0, size);
    byte[] back = new byte[bytes.length];
    assertEquals(bytes.length, inflater.inflate(back));
    assertArrayEquals(bytes, back);
    assertEquals(0, inflater.inflate(new byte[1]));
    assertTrue(inflater.finished());
    assertEquals(0, inflater.getRemaining());
    inflater.end();
    return size;
  }
}
