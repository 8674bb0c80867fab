package stops.format;

import java.util.Map;

/** The TIFF tags that are used here, by number. Source: TIFF 6.0, sections 8 to 19. */
final class TiffTags {
  static final int WIDTH = 256;
  static final int HEIGHT = 257;
  static final int BITS_PER_SAMPLE = 258;
  static final int COMPRESSION = 259;
  static final int PHOTOMETRIC = 262;
  static final int DESCRIPTION = 270;
  static final int STRIP_OFFSETS = 273;
  static final int ORIENTATION = 274;
  static final int SAMPLES_PER_PIXEL = 277;
  static final int ROWS_PER_STRIP = 278;
  static final int STRIP_BYTE_COUNTS = 279;
  static final int PLANAR_CONFIGURATION = 284;
  static final int PREDICTOR = 317;
  static final int TILE_WIDTH = 322;
  static final int TILE_LENGTH = 323;
  static final int TILE_OFFSETS = 324;
  static final int TILE_BYTE_COUNTS = 325;
  static final int EXTRA_SAMPLES = 338;
  static final int SAMPLE_FORMAT = 339;

  /** What is carried from TIFF to TIFF as it is, with its name. */
  static final Map<Integer, String> CARRIED =
      Map.ofEntries(
          Map.entry(269, "DocumentName"),
          Map.entry(DESCRIPTION, "ImageDescription"),
          Map.entry(271, "Make"),
          Map.entry(272, "Model"),
          Map.entry(282, "XResolution"),
          Map.entry(283, "YResolution"),
          Map.entry(285, "PageName"),
          Map.entry(296, "ResolutionUnit"),
          Map.entry(305, "Software"),
          Map.entry(306, "DateTime"),
          Map.entry(315, "Artist"),
          Map.entry(316, "HostComputer"),
          Map.entry(318, "WhitePoint"),
          Map.entry(319, "PrimaryChromaticities"),
          Map.entry(700, "XMP"),
          Map.entry(33432, "Copyright"),
          Map.entry(34675, "ICCProfile"));

  private TiffTags() {}
}
