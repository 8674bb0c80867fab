package stops.format.exr;

/**
 * The preparation that RLE and ZIP share: bytes at even places first, those at odd places after
 * them, and of each but the first the difference to its predecessor, plus 128.
 */
final class BytePlanes {

  private BytePlanes() {}

  /** Prepares {@code count} bytes of {@code raw} into {@code planes}. */
  static void split(byte[] raw, int count, byte[] planes) {
    int half = (count + 1) / 2;
    for (int i = 0; i < half; i++) {
      planes[i] = raw[2 * i];
    }
    for (int i = 0; i < count / 2; i++) {
      planes[half + i] = raw[2 * i + 1];
    }
    for (int i = count - 1; i > 0; i--) {
      planes[i] = (byte) (planes[i] - planes[i - 1] + 128);
    }
  }

  /** The inverse of {@link #split}; changes {@code planes}. */
  static void join(byte[] planes, int count, byte[] raw) {
    for (int i = 1; i < count; i++) {
      planes[i] = (byte) (planes[i] + planes[i - 1] - 128);
    }
    int half = (count + 1) / 2;
    for (int i = 0; i < count / 2; i++) {
      raw[2 * i] = planes[i];
      raw[2 * i + 1] = planes[half + i];
    }
    if ((count & 1) != 0) {
      raw[count - 1] = planes[half - 1];
    }
  }
}
