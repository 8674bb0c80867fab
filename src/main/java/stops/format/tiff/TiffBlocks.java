package stops.format.tiff;

import java.util.Locale;
import stops.format.flat.InputFile;
import stops.image.ImageException;

/**
 * The strips or tiles that hold the samples of a TIFF file. There are as many as the picture needs,
 * all lie within the file, and uncompressed ones have the right size.
 *
 * @param tiled whether they are tiles, not strips
 * @param rows rows of a strip or tile, at most the picture's
 * @param across strips or tiles beside each other
 * @param planes how often they cover the picture: once, or once for each channel
 * @param storedBytes size of all together, in the file
 */
record TiffBlocks(boolean tiled, long rows, int across, int planes, long storedBytes) {
  private static final long UNCOMPRESSED = 1;
  private static final long SEPARATE = 2;

  /** Above this size, a strip or tile must have enough stored bytes to decode to it. */
  private static final long SMALL_BLOCK_BYTES = 1L << 24;

  /** How many strips or tiles may be the same bytes of the file, on average. */
  private static final long MOST_SHARING = 64;

  /** Decoded bytes for each stored one; no compression gains more. */
  static final long MAX_RATIO = 4096;

  static TiffBlocks of(
      InputFile file, TiffDirectory directory, long width, long height, int channels, int bytes)
      throws ImageException {
    boolean tiled = directory.get(TiffTags.TILE_OFFSETS) != null;
    long rows = directory.number(tiled ? TiffTags.TILE_LENGTH : TiffTags.ROWS_PER_STRIP, height);
    long columns = tiled ? directory.number(TiffTags.TILE_WIDTH, 0) : width;
    if (rows < 1 || columns < 1 || columns > Integer.MAX_VALUE) {
      throw file.damaged("has strips or tiles without a size in its TIFF directory");
    }
    rows = tiled ? Math.min(rows, Integer.MAX_VALUE) : Math.min(rows, height);
    boolean separate = directory.number(TiffTags.PLANAR_CONFIGURATION, 1) == SEPARATE;
    long perPlane = ((height - 1) / rows + 1) * ((width - 1) / columns + 1);
    long blocks = perPlane * (separate ? channels : 1);
    TiffField offsets = directory.get(tiled ? TiffTags.TILE_OFFSETS : TiffTags.STRIP_OFFSETS);
    TiffField counts =
        directory.get(tiled ? TiffTags.TILE_BYTE_COUNTS : TiffTags.STRIP_BYTE_COUNTS);
    if (offsets == null
        || counts == null
        || offsets.count() != blocks
        || counts.count() != blocks) {
      throw file.damaged(
          String.format(
              Locale.ROOT,
              "claims %d × %d pixels, but has no list of the %d strips or tiles for that",
              width,
              height,
              blocks));
    }
    boolean raw = directory.number(TiffTags.COMPRESSION, 1) == UNCOMPRESSED;
    long stored = 0;
    for (long i = 0; i < blocks; i++) {
      long present = tiled ? rows : Math.min(rows, height - i % perPlane * rows);
      long decoded = size(columns, present, bytes * (separate ? 1L : channels));
      long needed = raw ? decoded : 1;
      long offset = offsets.number(i);
      long count = counts.number(i);
      if (offset < 0 || count < needed || count > file.size() || offset > file.size() - count) {
        throw file.damaged(
            String.format(
                Locale.ROOT,
                "has TIFF strip or tile %d at offset %d with %d bytes, which does not fit the file",
                i,
                offset,
                count));
      }
      if (decoded > SMALL_BLOCK_BYTES && decoded / MAX_RATIO > count) {
        throw file.damaged(
            String.format(
                Locale.ROOT,
                "claims %d × %d pixels in TIFF strip or tile %d, but has only %d bytes of them",
                columns,
                present,
                i,
                count));
      }
      stored += count;
    }
    if (stored / MOST_SHARING > file.size()) {
      throw file.damaged(
          String.format(
              Locale.ROOT,
              "has TIFF strips or tiles that overlap: %d bytes of them in a file of %d",
              stored,
              file.size()));
    }
    int across = (int) ((width - 1) / columns + 1);
    return new TiffBlocks(tiled, Math.min(rows, height), across, separate ? channels : 1, stored);
  }

  private static long size(long columns, long rows, long pixelBytes) {
    long pixels = columns * rows;
    return pixels > Long.MAX_VALUE / pixelBytes ? Long.MAX_VALUE : pixels * pixelBytes;
  }
}
