package stops.exr.codec;

/**
 * The positions of a channel's rows in a block.
 *
 * @param type the type of the samples
 * @param columns samples in a row
 * @param starts index of the first byte of each row in the block
 * @param curve for lossy channels, the linear half of each coded half, or the other way round
 */
record DwaRows(PixelType type, int columns, int[] starts, short[] curve) {
  /** The same rows with another curve. */
  DwaRows with(short[] other) {
    return new DwaRows(type, columns, starts, other);
  }

  int rows() {
    return starts.length;
  }

  int start(int row) {
    return starts[row];
  }

  /** Size of all rows in bytes. */
  int bytes() {
    return rowBytes() * rows();
  }

  int rowBytes() {
    return columns * type.bytes();
  }
}
