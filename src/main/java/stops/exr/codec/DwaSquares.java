package stops.exr.codec;

import java.util.Arrays;
import stops.exr.deflate.LittleEndian;
import stops.exr.transform.InverseCosines;
import stops.exr.transform.ZigZag;

/**
 * Decodes DWA's lossy channels in squares of 8 × 8 samples. Cosine coefficients become luma and
 * chroma, then red, green and blue on DWA's transfer curve, then linear halves.
 *
 * <p>The first coefficient of each square is its mean. Means have a list of their own. The other
 * coefficients are stored in zigzag order. A word {@code 0xffNN} stands for {@code NN} zero
 * coefficients; {@code 0xff00} means that all remaining coefficients are zero.
 */
final class DwaSquares {
  private static final int SIDE = InverseCosines.SIDE;
  private static final int SQUARE = SIDE * SIDE;
  private static final int MOST_CHANNELS = 3;

  private final float[][] samples = new float[MOST_CHANNELS][SQUARE];
  private final short[][] halves = new short[MOST_CHANNELS][SQUARE];

  private short[] cosines = new short[0];
  private int cosineAt;
  private int cosineEnd;
  private byte[] means = new byte[0];
  private int meanAt;

  /** Number of squares in a channel of {@code columns} by {@code rows} samples. */
  static long squares(long columns, long rows) {
    return Math.ceilDiv(columns, SIDE) * Math.ceilDiv(rows, SIDE);
  }

  /** Sets the data to decode. The means must suffice for all squares of the channels. */
  void source(short[] cosines, int cosineCount, byte[] means) {
    this.cosines = cosines;
    cosineAt = 0;
    cosineEnd = cosineCount;
    this.means = means;
    meanAt = 0;
  }

  /** Decodes one channel, or red, green and blue together. All have the same size. */
  void decode(DwaRows[] channels, byte[] raw) throws ExrException {
    int columns = channels[0].columns();
    int rows = channels[0].rows();
    int squaresAcross = Math.ceilDiv(columns, SIDE);
    int squares = squaresAcross * Math.ceilDiv(rows, SIDE);
    for (int square = 0; square < squares; square++) {
      boolean constant = true;
      for (int i = 0; i < channels.length; i++) {
        int mean = meanAt + Short.BYTES * (i * squares + square);
        constant &= readSquare(samples[i], LittleEndian.getShort(means, mean));
      }
      int count = constant ? 1 : SQUARE;
      if (channels.length == MOST_CHANNELS) {
        toColours(samples[0], samples[1], samples[2], count);
      }
      int x = square % squaresAcross * SIDE;
      int y = square / squaresAcross * SIDE;
      for (int i = 0; i < channels.length; i++) {
        toHalves(samples[i], halves[i], count);
        put(halves[i], channels[i], x, y, raw);
      }
    }
    meanAt += Short.BYTES * channels.length * squares;
  }

  /** Reads and transforms a square. Returns whether all its samples are equal. */
  private boolean readSquare(float[] square, short mean) throws ExrException {
    Arrays.fill(square, 0);
    square[0] = Float.float16ToFloat(mean);
    int last = readCosines(square);
    if (last == 0) {
      Arrays.fill(square, InverseCosines.constant(square[0]));
      return true;
    }
    InverseCosines.transform(square, ZigZag.rows(last));
    return false;
  }

  /**
   * Reads all coefficients except the first. Returns the zigzag index of the last nonzero
   * coefficient, or 0.
   */
  private int readCosines(float[] square) throws ExrException {
    short[] words = cosines;
    int end = cosineEnd;
    int at = cosineAt;
    int last = 0;
    int next = 1;
    while (next < SQUARE) {
      if (at == end) {
        throw new ExrException("DWA cosines end early");
      }
      int word = words[at++];
      if ((word & 0xff00) != 0xff00) {
        last = next;
        square[ZigZag.place(next++)] = Float.float16ToFloat((short) word);
      } else {
        next = (word & 0xff) == 0 ? SQUARE : next + (word & 0xff);
      }
    }
    cosineAt = at;
    return last;
  }

  /** Converts luma and two chroma differences to RGB, by the weights of ITU-R BT.709. */
  private static void toColours(float[] red, float[] green, float[] blue, int count) {
    for (int i = 0; i < count; i++) {
      float luma = red[i];
      float blueness = green[i];
      float redness = blue[i];
      red[i] = luma + 1.5747f * redness;
      green[i] = luma - 0.1873f * blueness - 0.4682f * redness;
      blue[i] = luma + 1.8556f * blueness;
    }
  }

  private static void toHalves(float[] square, short[] halves, int count) {
    if (count == 1) {
      Arrays.fill(halves, Float.floatToFloat16(square[0]));
      return;
    }
    for (int i = 0; i < SQUARE; i++) {
      halves[i] = Float.floatToFloat16(square[i]);
    }
  }

  private static void put(short[] halves, DwaRows channel, int x, int y, byte[] raw) {
    int width = Math.min(SIDE, channel.columns() - x);
    int height = Math.min(SIDE, channel.rows() - y);
    for (int row = 0; row < height; row++) {
      int at = channel.start(y + row) + x * channel.type().bytes();
      if (channel.type() == PixelType.FLOAT) {
        putFloats(halves, row * SIDE, width, channel.curve(), raw, at);
      } else {
        putHalves(halves, row * SIDE, width, channel.curve(), raw, at);
      }
    }
  }

  private static void putFloats(
      short[] halves, int from, int width, short[] curve, byte[] raw, int at) {
    for (int i = 0; i < width; i++) {
      float sample = Float.float16ToFloat(curve[halves[from + i] & 0xffff]);
      LittleEndian.putInt(raw, at + Float.BYTES * i, Float.floatToRawIntBits(sample));
    }
  }

  private static void putHalves(
      short[] halves, int from, int width, short[] curve, byte[] raw, int at) {
    if (width == SIDE) {
      LittleEndian.putLong(raw, at, four(halves, from, curve));
      LittleEndian.putLong(raw, at + Long.BYTES, four(halves, from + 4, curve));
      return;
    }
    for (int i = 0; i < width; i++) {
      LittleEndian.putShort(raw, at + Short.BYTES * i, curve[halves[from + i] & 0xffff]);
    }
  }

  private static long four(short[] halves, int from, short[] curve) {
    return curve[halves[from] & 0xffff] & 0xffffL
        | (curve[halves[from + 1] & 0xffff] & 0xffffL) << 16
        | (curve[halves[from + 2] & 0xffff] & 0xffffL) << 32
        | (curve[halves[from + 3] & 0xffff] & 0xffffL) << 48;
  }
}
