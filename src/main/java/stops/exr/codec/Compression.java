package stops.exr.codec;

import java.util.List;
import java.util.Locale;

/** How the chunks of a part are compressed. The order is that of the codes in the file. */
public enum Compression {
  NONE(1, 1, false),
  RLE(1, 64, false),
  ZIPS(1, 1032, false),
  ZIP(16, 1032, false),
  PIZ(32, 1032, false),
  PXR24(16, 1376, true),
  B44(32, 11, true),
  B44A(32, 11, true),
  DWAA(32, 66048, true),
  DWAB(256, 66048, true);

  private final int rows;
  private final int largestRatio;
  private final boolean lossy;

  Compression(int rows, int largestRatio, boolean lossy) {
    this.rows = rows;
    this.largestRatio = largestRatio;
    this.lossy = lossy;
  }

  /** Rows of pixels in one chunk of a scanline part; the last one may have fewer. */
  public int rows() {
    return rows;
  }

  /** An upper bound of how many bytes one byte of a chunk of more than 16 MiB can stand for. */
  public int largestRatio() {
    return largestRatio;
  }

  /** An upper bound of a compressor's scratch memory, as a multiple of the block's size. */
  public int scratchBlocks() {
    return switch (this) {
      case NONE -> 0;
      case RLE, ZIPS, ZIP, PIZ, PXR24, B44, B44A -> 1;
      case DWAA, DWAB -> 5;
    };
  }

  /** Whether what is read can differ from what was written. */
  public boolean lossy() {
    return lossy;
  }

  /** Whether samples of these types are read exactly as they were written. */
  public boolean lossless(List<PixelType> types) {
    return !lossy || (this == PXR24 && !types.contains(PixelType.FLOAT));
  }

  /** Whether files can be read with this version. */
  public boolean readable() {
    return switch (this) {
      case NONE, RLE, ZIPS, ZIP, PIZ, PXR24, B44, B44A, DWAA, DWAB -> true;
    };
  }

  /** Whether files can be written with this version. */
  public boolean writable() {
    return switch (this) {
      case NONE, RLE, ZIPS, ZIP, PIZ, PXR24 -> true;
      case B44, B44A, DWAA, DWAB -> false;
    };
  }

  /**
   * A new compressor, to be closed by the caller. {@link #NONE} has none: its blocks are as they
   * are.
   *
   * @throws ExrException if this version has none
   */
  public Compressor newCompressor() throws ExrException {
    return switch (this) {
      case RLE -> new RleCompressor();
      case ZIPS, ZIP -> new ZipCompressor();
      case PIZ -> new PizCompressor();
      case PXR24 -> new Pxr24Compressor();
      case B44, B44A -> new B44Compressor();
      case DWAA, DWAB -> new DwaCompressor();
      case NONE -> throw new ExrException("compression " + this + " is not supported");
    };
  }

  /** {@code none}, {@code rle}, {@code zips}, … */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
