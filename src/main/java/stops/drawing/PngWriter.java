package stops.drawing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes a PNG picture of 8-bit red, green and blue, row by row (ISO/IEC 15948), with its gamma and
 * texts. Confined to one thread.
 */
public final class PngWriter {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};
  private static final int SRGB_GAMMA = 45455;
  private static final int MOST_CHUNK = 1 << 16;

  /** Chromaticities of white, red, green and blue of Rec. ITU-R BT.709, in 1/100000. */
  private static final int[] PRIMARIES = {31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000};

  private final OutputStream out;
  private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION);
  private final byte[] packed = new byte[MOST_CHUNK];
  private final byte[] above;
  private final byte[][] filtered;
  private int packedBytes;

  private PngWriter(OutputStream out, int width) {
    this.out = out;
    above = new byte[3 * width];
    filtered = new byte[3][3 * width + 1];
  }

  /** Fills in rows, from the top. */
  public interface Rows {
    /** Fills in row {@code y}: red, green and blue of each pixel. */
    void row(int y, byte[] rgb);
  }

  /**
   * Writes a picture.
   *
   * @param gamma exponent of its codes, in 1/100000
   * @param texts keywords of Latin-1, up to 79 characters, and what they say
   */
  public static void write(
      OutputStream out, int width, int height, int gamma, Map<String, String> texts, Rows rows)
      throws IOException {
    PngWriter writer = new PngWriter(out, width);
    try {
      writer.head(width, height, gamma, texts);
      byte[] rgb = new byte[3 * width];
      for (int y = 0; y < height; y++) {
        rows.row(y, rgb);
        writer.row(rgb);
      }
      writer.end();
    } finally {
      writer.deflater.end();
    }
  }

  private void head(int width, int height, int gamma, Map<String, String> texts)
      throws IOException {
    out.write(SIGNATURE);
    ByteBuffer header = ByteBuffer.allocate(13);
    // Eight bits of red, green and blue, deflated, filtered, not interlaced.
    header.putInt(width).putInt(height).put((byte) 8).put((byte) 2).put(new byte[3]);
    chunk("IHDR", header.array());
    if (gamma == SRGB_GAMMA) {
      chunk("sRGB", new byte[1]);
    }
    chunk("gAMA", ByteBuffer.allocate(4).putInt(gamma).array());
    ByteBuffer primaries = ByteBuffer.allocate(4 * PRIMARIES.length);
    for (int number : PRIMARIES) {
      primaries.putInt(number);
    }
    chunk("cHRM", primaries.array());
    for (Map.Entry<String, String> text : texts.entrySet()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.writeBytes(text.getKey().getBytes(StandardCharsets.ISO_8859_1));
      // Not compressed, and of no language.
      bytes.writeBytes(new byte[5]);
      bytes.writeBytes(text.getValue().replace('\0', ' ').getBytes(StandardCharsets.UTF_8));
      chunk("iTXt", bytes.toByteArray());
    }
  }

  /** Of three filters, the one whose bytes are smallest is taken, as the standard advises. */
  private void row(byte[] rgb) throws IOException {
    int best = 0;
    long least = Long.MAX_VALUE;
    for (int filter = 0; filter < filtered.length; filter++) {
      byte[] bytes = filtered[filter];
      bytes[0] = (byte) filter;
      long sum = 0;
      for (int i = 0; i < rgb.length; i++) {
        int before = filter == 0 ? 0 : filter == 1 ? (i < 3 ? 0 : rgb[i - 3]) : above[i];
        byte difference = (byte) (rgb[i] - before);
        bytes[i + 1] = difference;
        sum += Math.abs(difference);
      }
      if (sum < least) {
        least = sum;
        best = filter;
      }
    }
    System.arraycopy(rgb, 0, above, 0, rgb.length);
    deflater.setInput(filtered[best]);
    while (!deflater.needsInput()) {
      drain();
    }
  }

  private void end() throws IOException {
    deflater.finish();
    while (!deflater.finished()) {
      drain();
    }
    flush();
    chunk("IEND", new byte[0]);
  }

  private void drain() throws IOException {
    packedBytes += deflater.deflate(packed, packedBytes, packed.length - packedBytes);
    if (packedBytes == packed.length) {
      flush();
    }
  }

  private void flush() throws IOException {
    byte[] bytes = new byte[packedBytes];
    System.arraycopy(packed, 0, bytes, 0, packedBytes);
    packedBytes = 0;
    chunk("IDAT", bytes);
  }

  private void chunk(String type, byte[] data) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 check = new CRC32();
    check.update(name);
    check.update(data);
    out.write(ByteBuffer.allocate(4).putInt(data.length).array());
    out.write(name);
    out.write(data);
    out.write(ByteBuffer.allocate(4).putInt((int) check.getValue()).array());
  }
}
