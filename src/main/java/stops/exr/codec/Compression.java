package stops.exr.codec;

import java.util.List;
import java.util.Locale;

/**
 * The compression of a part's chunks. The constants are in the order of their codes in the file.
 *
 * <p>API: programs that use Stops may rely on it.
 */
public enum Compression {
  /** Uncompressed. */
  NONE(1, 1, false),
  /** Runs of equal bytes. */
  RLE(1, 64, false),
  /** Deflate, row by row. */
  ZIPS(1, 1032, false),
  /** Deflate, 16 rows at a time. */
  ZIP(16, 1032, false),
  /** Wavelets and Huffman codes. */
  PIZ(32, 1032, false),
  /** Deflate; float32 samples are rounded to 24 bits. */
  PXR24(16, 1376, true),
  /** Squares of 4 × 4 float16 samples in 14 bytes each. */
  B44(32, 11, true),
  /** Like B44, with uniform squares in 3 bytes. */
  B44A(32, 11, true),
  /** Cosine transforms, 32 rows at a time. */
  DWAA(32, 66048, true),
  /** Cosine transforms, 256 rows at a time. */
  DWAB(256, 66048, true);

  private final int rows;
  private final int largestRatio;
  private final boolean lossy;

  Compression(int rows, int largestRatio, boolean lossy) {
    this.rows = rows;
    this.largestRatio = largestRatio;
    this.lossy = lossy;
  }

  /** Rows of pixels in one chunk of a scanline part; the last chunk may have fewer. */
  public int rows() {
    return rows;
  }

  /** An upper bound of the compression ratio, for chunks of more than 16 MiB. */
  public int largestRatio() {
    return largestRatio;
  }

  /** An upper bound of a compressor's scratch memory, in multiples of the block's size. */
  public int scratchBlocks() {
    return switch (this) {
      case NONE -> 0;
      case RLE, ZIPS, ZIP, PIZ, PXR24, B44, B44A -> 1;
      case DWAA, DWAB -> 5;
    };
  }

  /**
   * An upper bound of the memory for unpacking a block to planes, or for packing it from planes, in
   * multiples of the block's size.
   */
  public int bufferBlocks() {
    return switch (this) {
      case NONE -> 1;
      case RLE, ZIPS, ZIP -> 1 + scratchBlocks();
      case PIZ, PXR24, B44, B44A, DWAA, DWAB -> 2 + scratchBlocks();
    };
  }

  /** Whether samples can change when they are written and read. */
  public boolean lossy() {
    return lossy;
  }

  /** Whether it has a level of loss. */
  public boolean hasLoss() {
    return this == DWAA || this == DWAB;
  }

  /** Whether samples of these types are read exactly as they were written. */
  public boolean lossless(List<PixelType> types) {
    return !lossy || (this == PXR24 && !types.contains(PixelType.FLOAT));
  }

  /** Whether this version reads the compression. */
  public boolean readable() {
    return switch (this) {
      case NONE, RLE, ZIPS, ZIP, PIZ, PXR24, B44, B44A, DWAA, DWAB -> true;
    };
  }

  /** Whether this version writes the compression. */
  public boolean writable() {
    return switch (this) {
      case NONE, RLE, ZIPS, ZIP, PIZ, PXR24, DWAA, DWAB -> true;
      case B44, B44A -> false;
    };
  }

  /** The name in lower case: {@code none}, {@code rle}, {@code zips}, … */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
