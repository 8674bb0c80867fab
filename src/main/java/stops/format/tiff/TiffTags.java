package stops.format.tiff;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The TIFF tags that are used here, by number. Source: TIFF 6.0, sections 8 to 19. */
final class TiffTags {
  static final int NEW_SUBFILE_TYPE = 254;
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
  static final int EXIF = 34665;
  static final int GDAL_NODATA = 42113;

  /** Tags that say how samples are stored. A new file has its own. */
  private static final Set<Integer> STORAGE =
      Set.of(
          NEW_SUBFILE_TYPE,
          255, // SubfileType
          WIDTH,
          HEIGHT,
          BITS_PER_SAMPLE,
          COMPRESSION,
          PHOTOMETRIC,
          263, // Threshholding
          264, // CellWidth
          265, // CellLength
          266, // FillOrder
          STRIP_OFFSETS,
          ORIENTATION,
          SAMPLES_PER_PIXEL,
          ROWS_PER_STRIP,
          STRIP_BYTE_COUNTS,
          PLANAR_CONFIGURATION,
          288, // FreeOffsets
          289, // FreeByteCounts
          292, // T4Options
          293, // T6Options
          PREDICTOR,
          TILE_WIDTH,
          TILE_LENGTH,
          TILE_OFFSETS,
          TILE_BYTE_COUNTS,
          EXTRA_SAMPLES,
          SAMPLE_FORMAT,
          347, // JPEGTables
          32997, // ImageDepth
          32998, // TileDepth
          50674); // LercParameters

  /** Tags that a decoder of the samples has to know. None of them leads to another directory. */
  private static final Set<Integer> DECODED =
      Set.of(
          WIDTH,
          HEIGHT,
          BITS_PER_SAMPLE,
          COMPRESSION,
          PHOTOMETRIC,
          266, // FillOrder
          STRIP_OFFSETS,
          SAMPLES_PER_PIXEL,
          ROWS_PER_STRIP,
          STRIP_BYTE_COUNTS,
          PLANAR_CONFIGURATION,
          PREDICTOR,
          TILE_WIDTH,
          TILE_LENGTH,
          TILE_OFFSETS,
          TILE_BYTE_COUNTS,
          EXTRA_SAMPLES,
          SAMPLE_FORMAT);

  /** Tags with a number for each strip or tile. */
  private static final Set<Integer> LISTS =
      Set.of(STRIP_OFFSETS, STRIP_BYTE_COUNTS, TILE_OFFSETS, TILE_BYTE_COUNTS);

  /** Tags that would be false of other samples, or that point to places of their file. */
  private static final Map<Integer, String> NOT_CARRIED =
      Map.ofEntries(
          Map.entry(280, "MinSampleValue"),
          Map.entry(281, "MaxSampleValue"),
          Map.entry(290, "GrayResponseUnit"),
          Map.entry(291, "GrayResponseCurve"),
          Map.entry(301, "TransferFunction"),
          Map.entry(320, "ColorMap"),
          Map.entry(330, "SubIFDs"),
          Map.entry(340, "SMinSampleValue"),
          Map.entry(341, "SMaxSampleValue"),
          Map.entry(342, "TransferRange"),
          Map.entry(400, "GlobalParametersIFD"),
          Map.entry(EXIF, "Exif IFD"),
          Map.entry(34853, "GPS IFD"),
          Map.entry(40965, "Interoperability IFD"));

  /** Names of tags that are kept from TIFF to TIFF. Unknown ones are kept too. */
  private static final Map<Integer, String> NAMES =
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
          Map.entry(33550, "ModelPixelScale"),
          Map.entry(33723, "IPTC"),
          Map.entry(33922, "ModelTiepoint"),
          Map.entry(34264, "ModelTransformation"),
          Map.entry(34377, "Photoshop"),
          Map.entry(34675, "ICCProfile"),
          Map.entry(34735, "GeoKeyDirectory"),
          Map.entry(34736, "GeoDoubleParams"),
          Map.entry(34737, "GeoAsciiParams"),
          Map.entry(42112, "GDAL_METADATA"),
          Map.entry(GDAL_NODATA, "GDAL_NODATA"));

  /** Names of tags of the Exif directory that tell how a picture was exposed. Source: Exif 2.3. */
  private static final Map<Integer, String> EXIF_NAMES =
      Map.ofEntries(
          Map.entry(33434, "ExposureTime"),
          Map.entry(33437, "FNumber"),
          Map.entry(34855, "PhotographicSensitivity"),
          Map.entry(36867, "DateTimeOriginal"),
          Map.entry(37377, "ShutterSpeedValue"),
          Map.entry(37378, "ApertureValue"),
          Map.entry(37380, "ExposureBiasValue"),
          Map.entry(37386, "FocalLength"),
          Map.entry(42036, "LensModel"));

  private TiffTags() {}

  /** Whether a decoder of the samples has to know the tag. */
  static boolean isDecoded(int tag) {
    return DECODED.contains(tag);
  }

  /** Whether the tag has a number for each strip or tile. */
  static boolean isList(int tag) {
    return LISTS.contains(tag);
  }

  /** Whether a field says how samples are stored. */
  static boolean isStorage(TiffField field) {
    return STORAGE.contains(field.tag());
  }

  /** Whether a field holds in another file with other samples of the same picture. */
  static boolean isCarried(TiffField field) {
    return !isStorage(field) && !NOT_CARRIED.containsKey(field.tag()) && !field.isPointer();
  }

  /** The name of a tag of the Exif directory; null if it is not shown. */
  static @Nullable String exifName(int tag) {
    String name = EXIF_NAMES.get(tag);
    return name == null ? null : "Exif:" + name;
  }

  /** The name of a tag, or its number. */
  static String name(int tag) {
    String name = NAMES.getOrDefault(tag, NOT_CARRIED.get(tag));
    return name == null ? "tag " + tag : name;
  }
}
