package stops.exr.codec;

import java.util.Arrays;
import stops.exr.deflate.LittleEndian;
import stops.exr.transform.ForwardCosines;
import stops.exr.transform.InverseCosines;
import stops.exr.transform.ZigZag;

/** Codes DWA's lossy channels as {@link DwaSquares} decodes them. */
final class DwaSquaresPacker {
  private static final int SIDE = InverseCosines.SIDE;
  private static final int SQUARE = SIDE * SIDE;
  private static final int MOST_CHANNELS = 3;
  private static final int ZEROS = 0xff00;

  private final DwaQuantiser quantiser;
  private final ForwardCosines transform = new ForwardCosines();
  private final float[][] samples = new float[MOST_CHANNELS][SQUARE];
  private final short[] words = new short[SQUARE];

  private short[] cosines = new short[0];
  private int cosineCount;
  private byte[] means = new byte[0];
  private int meanBytes;

  DwaSquaresPacker(float level) {
    quantiser = new DwaQuantiser(level);
  }

  /** Starts a block with room for this many squares. */
  void begin(int squares) {
    if (means.length < Short.BYTES * squares) {
      means = new byte[Short.BYTES * squares];
      cosines = new short[(SQUARE - 1) * squares];
    }
    cosineCount = 0;
    meanBytes = 0;
  }

  /** The words of the coefficients other than the first of each square. */
  short[] cosines() {
    return cosines;
  }

  int cosineCount() {
    return cosineCount;
  }

  /** The first coefficient of each square, 16 bits each. */
  byte[] means() {
    return means;
  }

  int meanBytes() {
    return meanBytes;
  }

  /** Codes one channel, or red, green and blue together. All have the same size. */
  void add(DwaRows[] channels, byte[] raw) {
    int columns = channels[0].columns();
    int rows = channels[0].rows();
    int squaresAcross = Math.ceilDiv(columns, SIDE);
    int squares = squaresAcross * Math.ceilDiv(rows, SIDE);
    for (int square = 0; square < squares; square++) {
      int x = square % squaresAcross * SIDE;
      int y = square / squaresAcross * SIDE;
      for (int i = 0; i < channels.length; i++) {
        get(channels[i], x, y, raw, samples[i]);
      }
      if (channels.length == MOST_CHANNELS) {
        toLuma(samples[0], samples[1], samples[2]);
      }
      for (int i = 0; i < channels.length; i++) {
        transform.transform(samples[i]);
        int mean = meanBytes + Short.BYTES * (i * squares + square);
        LittleEndian.putShort(means, mean, quantiser.half(samples[i][0], 0, i > 0));
        addCosines(samples[i], i > 0);
      }
    }
    meanBytes += Short.BYTES * channels.length * squares;
  }

  /** The samples of a square on the coded curve. Beyond the edges, the picture is mirrored. */
  private static void get(DwaRows channel, int x, int y, byte[] raw, float[] square) {
    for (int row = 0; row < SIDE; row++) {
      int start = channel.start(mirrored(y + row, channel.rows()));
      for (int column = 0; column < SIDE; column++) {
        int at = start + mirrored(x + column, channel.columns()) * channel.type().bytes();
        short half =
            channel.type() == PixelType.HALF
                ? LittleEndian.getShort(raw, at)
                : half(Float.intBitsToFloat(LittleEndian.getInt(raw, at)));
        float coded = Float.float16ToFloat(channel.curve()[half & 0xffff]);
        square[row * SIDE + column] = Float.isNaN(coded) ? 0 : clamped(coded);
      }
    }
  }

  private static int mirrored(int at, int count) {
    return at < count ? at : Math.max(0, 2 * count - 1 - at);
  }

  private static short half(float sample) {
    return Float.floatToFloat16(clamped(sample));
  }

  private static float clamped(float sample) {
    return Math.clamp(sample, -DwaCurve.LARGEST, DwaCurve.LARGEST);
  }

  /** Converts RGB to luma and two chroma differences, by the weights of ITU-R BT.709. */
  private static void toLuma(float[] red, float[] green, float[] blue) {
    for (int i = 0; i < SQUARE; i++) {
      float r = red[i];
      float g = green[i];
      float b = blue[i];
      red[i] = 0.2126f * r + 0.7152f * g + 0.0722f * b;
      green[i] = -0.1146f * r - 0.3854f * g + 0.5f * b;
      blue[i] = 0.5f * r - 0.4542f * g - 0.0458f * b;
    }
  }

  private void addCosines(float[] square, boolean isChroma) {
    Arrays.fill(words, (short) 0);
    for (int i = 1; i < SQUARE; i++) {
      int place = ZigZag.place(i);
      words[i] = quantiser.half(square[place], place, isChroma);
    }
    int next = 1;
    while (next < SQUARE) {
      int end = next;
      while (end < SQUARE && words[end] == 0) {
        end++;
      }
      int zeros = end - next;
      if (zeros <= 1) {
        cosines[cosineCount++] = words[next++];
      } else {
        cosines[cosineCount++] = (short) (end == SQUARE ? ZEROS : ZEROS | zeros);
        next = end;
      }
    }
  }
}
