package stops.exr.codec;

/**
 * Where the rows of a channel lie in a block.
 *
 * @param type what its samples are
 * @param columns samples in a row
 * @param starts the first byte of each row in the block
 * @param curve the linear half of each coded half, for channels that are coded with loss
 */
record DwaRows(PixelType type, int columns, int[] starts, short[] curve) {
  /** The same, on DWA's curve. */
  DwaRows onCurve() {
    return new DwaRows(type, columns, starts, DwaCurve.toLinear());
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
