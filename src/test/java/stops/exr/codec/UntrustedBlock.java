package stops.exr.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Arbitrary bytes as a block of a file. The first three bytes choose the channels and the size, the
 * rest are data. Unpacking must end in samples or an error. Its memory must be proportional to the
 * block's size. Samples must not contain earlier contents of the buffers.
 *
 * @param block the layout of the block
 * @param data the packed data; for {@link #assertComesBack}, the samples
 */
record UntrustedBlock(BlockLayout block, byte[] data) {
  private static final int HEADER_BYTES = 3;
  private static final int MOST_COLUMNS = 96;
  private static final int MOST_ROWS = 40;

  /** A compressor's memory for fixed tables, in bytes. */
  private static final long TABLE_BYTES = 1L << 20;

  /** Limit in bytes of temporary objects, which do not count. */
  private static final long SMALL_BYTES = 1L << 14;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final List<List<ExrChannel>> CHANNELS =
      List.of(
          List.of(ExrChannel.of("Y", PixelType.HALF)),
          List.of(
              ExrChannel.of("A", PixelType.HALF),
              ExrChannel.of("B", PixelType.HALF),
              ExrChannel.of("G", PixelType.HALF),
              ExrChannel.of("R", PixelType.HALF)),
          List.of(ExrChannel.of("Z", PixelType.FLOAT), ExrChannel.of("id", PixelType.UINT)),
          List.of(
              new ExrChannel("BY", PixelType.HALF, false, 2, 2),
              new ExrChannel("RY", PixelType.HALF, true, 2, 2),
              new ExrChannel("Y", PixelType.HALF, true, 1, 1)),
          CompressorTest.MIXED,
          List.of(
              new ExrChannel("BY", PixelType.HALF, false, 2, 2),
              new ExrChannel("F", PixelType.FLOAT, false, 2, 3),
              new ExrChannel("G", PixelType.HALF, false, 2, 1),
              new ExrChannel("Q", PixelType.HALF, true, 3, 1),
              new ExrChannel("RY", PixelType.HALF, false, 2, 2),
              new ExrChannel("U", PixelType.UINT, false, 1, 4),
              new ExrChannel("Y", PixelType.HALF, false, 1, 1)));

  /** The channels of the files in {@code exr/subsampled}. */
  static final int SUBSAMPLED = CHANNELS.size() - 1;

  /** A multiple of every sampling rate. */
  private static final int SAMPLING = 6;

  private static final int X_MIN = -12;
  private static final int Y_MIN = -24;

  /** The block encoded by the bytes of a test; null if there are too few. */
  static @Nullable UntrustedBlock of(byte[] bytes) {
    if (bytes.length <= HEADER_BYTES) {
      return null;
    }
    BlockLayout block = layout(bytes[0] & 0xff, 1 + (bytes[1] & 0xff), 1 + (bytes[2] & 0xff));
    return new UntrustedBlock(block, Arrays.copyOfRange(bytes, HEADER_BYTES, bytes.length));
  }

  /** The bytes that {@link #of} decodes to this block, or to the nearest possible size. */
  static byte[] bytes(int channels, int columns, int rows, byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(channels);
    out.write(columns - 1);
    out.write(rows - 1);
    out.writeBytes(data);
    return out.toByteArray();
  }

  static BlockLayout layout(int channels, int columns, int rows) {
    List<ExrChannel> list = CHANNELS.get(channels % CHANNELS.size());
    int width = Math.min(columns, MOST_COLUMNS);
    if (list.stream().anyMatch(channel -> channel.xSampling() > 1)) {
      width = Math.ceilDiv(width, SAMPLING) * SAMPLING;
    }
    int height = Math.min(rows, MOST_ROWS);
    return new BlockLayout(X_MIN, Y_MIN, X_MIN + width - 1, Y_MIN + height - 1, list);
  }

  static int kinds() {
    return CHANNELS.size();
  }

  /**
   * Unpacks the block twice, with different earlier contents of the buffers. Both results must be
   * equal.
   */
  void unpack(Compressor compressor, int scratchBlocks) {
    if (data.length >= block.bytes()) {
      return;
    }
    byte[] zeros = unpack(compressor, scratchBlocks, (byte) 0);
    byte[] ones = unpack(compressor, scratchBlocks, (byte) 0xff);
    assertArrayEquals(zeros, ones, "what is unpacked is not all from the block");
  }

  /** The samples, or no bytes if the data are damaged. */
  private byte[] unpack(Compressor compressor, int scratchBlocks, byte before) {
    int bytes = (int) block.bytes();
    byte[] packed = new byte[data.length + 9];
    Arrays.fill(packed, before);
    System.arraycopy(data, 0, packed, 0, data.length);
    byte[] raw = new byte[bytes];
    Arrays.fill(raw, before);
    long start = THREADS.getCurrentThreadAllocatedBytes();
    try {
      compressor.decompress(packed, data.length, block, raw);
    } catch (ExrException | IndexOutOfBoundsException damaged) {
      raw = new byte[0];
    }
    long taken = THREADS.getCurrentThreadAllocatedBytes() - start;
    assertTrue(
        taken <= TABLE_BYTES + SMALL_BYTES + (long) scratchBlocks * bytes,
        () -> String.format(Locale.ROOT, "%d bytes take %d", bytes, taken));
    return raw;
  }

  /** Requires that the check in little memory gives the same verdict as unpacking. */
  void check(Compressor compressor) {
    if (data.length >= block.bytes()) {
      return;
    }
    byte[] raw = new byte[(int) block.bytes()];
    try {
      compressor.decompress(data, data.length, block, raw);
    } catch (ExrException | IndexOutOfBoundsException damaged) {
      return;
    }
    try {
      compressor.check(data, data.length, block);
    } catch (ExrException e) {
      throw new AssertionError("what can be unpacked is refused", e);
    }
  }

  /** Packs the data as samples and requires that unpacking gives the same samples. */
  void assertComesBack(Compressor compressor) {
    byte[] raw = Arrays.copyOf(data, (int) block.bytes());
    byte[] packed = new byte[raw.length];
    int packedBytes = compressor.compress(raw, block, packed);
    if (packedBytes < 0) {
      return;
    }
    assertTrue(packedBytes < raw.length, "did not become smaller");
    byte[] back = new byte[raw.length];
    try {
      compressor.decompress(packed, packedBytes, block, back);
    } catch (ExrException e) {
      throw new AssertionError("what was packed cannot be unpacked", e);
    }
    assertArrayEquals(raw, back);
  }
}
