package stops.exr.codec;

import java.util.List;
import java.util.Locale;

/**
 * How the chunks of a part are compressed. The order is that of the codes in the file.
 *
 * <p>API: programs that use Stops may rely on it.
 */
public enum Compression {
  /** Samples as they are. */
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
  /** Blocks of 4 × 4 float16 samples in 14 bytes each. */
  B44(32, 11, true),
  /** The same, with uniform blocks in 3 bytes. */
  B44A(32, 11, true),
  /** Cosine transforms, 32 rows at a time. */
  DWAA(32, 66048, true),
  /** The same, 256 rows at a time. */
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

  /** {@code none}, {@code rle}, {@code zips}, … */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
