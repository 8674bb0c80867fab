package stops.exr.codec;

import stops.exr.deflate.LittleEndian;

/**
 * Decompresses B44 and B44A, which are lossy. The two differ only in compression. A square of 4 × 4
 * halves takes 14 bytes, or 3 if all samples are equal. Channels of other types are uncompressed.
 */
final class B44Compressor implements Compressor {
  private static final int SIDE = B44Square.SIDE;

  private final short[] square = new short[SIDE * SIDE];
  private short[] words = new short[0];

  @Override
  public void check(byte[] packed, int packedBytes, BlockLayout block) throws ExrException {
    long least = 0;
    for (ExrChannel channel : block.channels()) {
      long columns = block.rowSamples(channel);
      long rows = block.rows(channel);
      least +=
          channel.type() == PixelType.HALF
              ? Math.ceilDiv(columns, SIDE) * Math.ceilDiv(rows, SIDE) * B44Square.FLAT_BYTES
              : columns * rows * channel.type().bytes();
    }
    if (packedBytes < least) {
      throw endsEarly();
    }
  }

  @Override
  public void decompress(byte[] packed, int packedBytes, BlockLayout block, byte[] raw)
      throws ExrException {
    BlockPlanes planes = new BlockPlanes(block);
    if (words.length < planes.words()) {
      words = new short[planes.words()];
    }
    int at = 0;
    for (int plane = 0; plane < planes.count(); plane++) {
      at =
          planes.channel(plane).type() == PixelType.HALF
              ? unpack(packed, at, packedBytes, planes, plane)
              : copy(packed, at, packedBytes, planes, plane);
    }
    if (at != packedBytes) {
      throw new ExrException("B44 data holds more than the block");
    }
    planes.putRows(words, raw);
  }

  private int copy(byte[] packed, int from, int end, BlockPlanes planes, int plane)
      throws ExrException {
    int count = planes.rowWords(plane) * planes.rows(plane);
    if ((end - from) / Short.BYTES < count) {
      throw endsEarly();
    }
    int start = planes.start(plane);
    for (int i = 0; i < count; i++) {
      words[start + i] = LittleEndian.getShort(packed, from + Short.BYTES * i);
    }
    return from + Short.BYTES * count;
  }

  private int unpack(byte[] packed, int from, int end, BlockPlanes planes, int plane)
      throws ExrException {
    int columns = planes.columns(plane);
    int rows = planes.rows(plane);
    boolean logarithmic = planes.channel(plane).perceptuallyLinear();
    int at = from;
    for (int y = 0; y < rows; y += SIDE) {
      for (int x = 0; x < columns; x += SIDE) {
        if (end - at < B44Square.FLAT_BYTES || end - at < B44Square.bytes(packed, at)) {
          throw endsEarly();
        }
        B44Square.unpack(packed, at, square);
        at += B44Square.bytes(packed, at);
        if (logarithmic) {
          B44Logarithm.toLinear(square);
        }
        int width = Math.min(SIDE, columns - x);
        int to = planes.start(plane) + y * columns + x;
        for (int row = 0; row < Math.min(SIDE, rows - y); row++, to += columns) {
          for (int i = 0; i < width; i++) {
            words[to + i] = square[row * SIDE + i];
          }
        }
      }
    }
    return at;
  }

  @Override
  public int compress(byte[] raw, BlockLayout block, byte[] packed) {
    throw new UnsupportedOperationException("B44 is read only");
  }

  @Override
  public void close() {}

  private static ExrException endsEarly() {
    return new ExrException("B44 data ends early");
  }
}
