package stops.format.tiff;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import stops.engine.SampleType;
import stops.format.flat.ChannelOrder;
import stops.format.flat.DomainComment;
import stops.format.flat.InputFile;
import stops.image.ImageException;
import stops.image.Metadata;
import stops.image.NoData;

/**
 * The picture that a TIFF directory describes. It is checked to have floating-point samples of
 * light, and no more of them than the file can hold.
 *
 * @param width pixels in a row
 * @param height rows
 * @param type of the samples
 * @param names of the channels
 * @param blocks the strips or tiles of the file
 * @param structure compression, strips or tiles, and byte order, for people
 * @param directory the directory
 */
record TiffPicture(
    int width,
    int height,
    SampleType type,
    List<String> names,
    TiffBlocks blocks,
    String structure,
    TiffDirectory directory) {
  private static final Map<Long, String> COMPRESSIONS =
      Map.of(1L, "none", 5L, "LZW", 8L, "deflate", 32946L, "deflate", 32773L, "PackBits");

  private static final long UNDEFINED = 4;
  private static final long FLOATING_POINT = 3;

  static TiffPicture of(InputFile file, TiffDirectory directory) throws ImageException {
    checkIsLight(file, directory);
    checkIsSupported(file, directory);
    long width = directory.number(TiffTags.WIDTH, 0);
    long height = directory.number(TiffTags.HEIGHT, 0);
    if (width < 1 || height < 1 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
      throw file.damaged(
          String.format(Locale.ROOT, "claims %d × %d pixels in its TIFF directory", width, height));
    }
    int channels = (int) directory.number(TiffTags.SAMPLES_PER_PIXEL, 1);
    SampleType type = type(file, directory, channels);
    TiffBlocks blocks = TiffBlocks.of(file, directory, width, height, channels, type.bytes());
    if (width * height > blocks.storedBytes() * TiffBlocks.MAX_RATIO / type.bytes() / channels) {
      throw file.damaged(
          String.format(
              Locale.ROOT,
              "claims %d × %d pixels, but holds only %d bytes of them",
              width,
              height,
              blocks.storedBytes()));
    }
    String structure =
        String.format(
            Locale.ROOT,
            "%s, %s, %s-endian",
            COMPRESSIONS.get(directory.number(TiffTags.COMPRESSION, 1)),
            blocks.tiled() ? "tiles" : "strips",
            directory.order().toString().startsWith("B") ? "big" : "little");
    return new TiffPicture(
        (int) width,
        (int) height,
        type,
        ChannelOrder.names(channels),
        blocks,
        structure,
        directory);
  }

  /** Rows of a strip or tile of the file. */
  int blockRows() {
    return (int) blocks.rows();
  }

  /** Refuses all but floating-point samples of grey or RGB. */
  private static void checkIsLight(InputFile file, TiffDirectory directory) throws ImageException {
    long format = directory.number(TiffTags.SAMPLE_FORMAT, 1);
    long bits = directory.number(TiffTags.BITS_PER_SAMPLE, 1);
    if (format != FLOATING_POINT) {
      throw file.damaged(
          format == UNDEFINED
              ? "is a TIFF file of samples without a type"
              : String.format(
                  Locale.ROOT,
                  "is a TIFF file of %d-bit integers, which are not linear HDR; convert a float one",
                  bits));
    }
    long photometric = directory.number(TiffTags.PHOTOMETRIC, -1);
    long channels = directory.number(TiffTags.SAMPLES_PER_PIXEL, 1);
    boolean grey = photometric == 1 && (channels == 1 || channels == 2);
    boolean colour = photometric == 2 && (channels == 3 || channels == 4);
    if (!grey && !colour) {
      throw file.damaged(
          String.format(
              Locale.ROOT,
              "has TIFF photometric interpretation %d with %d channels; Stops reads grey and RGB",
              photometric,
              channels));
    }
  }

  private static void checkIsSupported(InputFile file, TiffDirectory directory)
      throws ImageException {
    long compression = directory.number(TiffTags.COMPRESSION, 1);
    if (!COMPRESSIONS.containsKey(compression)) {
      throw file.damaged(
          String.format(
              Locale.ROOT,
              "has TIFF compression %d; Stops reads none, LZW, deflate and PackBits",
              compression));
    }
    long predictor = directory.number(TiffTags.PREDICTOR, 1);
    if (!Set.of(1L, 3L).contains(predictor)) {
      throw file.damaged(
          String.format(Locale.ROOT, "has TIFF predictor %d; Stops reads 1 and 3", predictor));
    }
    long orientation = directory.number(TiffTags.ORIENTATION, 1);
    if (orientation != 1) {
      throw file.damaged(
          String.format(
              Locale.ROOT, "is turned (TIFF orientation %d); store it upright first", orientation));
    }
    TiffField description = directory.get(TiffTags.DESCRIPTION);
    if (description != null && description.count() > TiffField.MOST_TEXT_BYTES) {
      throw file.damaged(
          String.format(
              Locale.ROOT,
              "has an ImageDescription of %d bytes; Stops reads up to %d",
              description.count(),
              TiffField.MOST_TEXT_BYTES));
    }
    if (directory.others() > directory.reduced()) {
      throw file.damaged("holds several pictures; Stops converts TIFF files with one");
    }
  }

  private static SampleType type(InputFile file, TiffDirectory directory, int channels)
      throws ImageException {
    for (int i = 0; i < channels; i++) {
      for (int tag : new int[] {TiffTags.BITS_PER_SAMPLE, TiffTags.SAMPLE_FORMAT}) {
        TiffField field = directory.get(tag);
        // One value may stand for all.
        if (field != null && field.count() > 1 && field.number(i) != field.number(0)) {
          throw file.damaged("has TIFF channels of different types; store them in one");
        }
      }
    }
    long bits = directory.number(TiffTags.BITS_PER_SAMPLE, 1);
    for (SampleType type : SampleType.values()) {
      if (type.bytes() * 8L == bits) {
        return type;
      }
    }
    throw file.damaged(
        String.format(
            Locale.ROOT, "has %d-bit floating-point samples; Stops reads 16, 32 and 64", bits));
  }

  /** All tags but those that say how samples are stored, and those of the exposure, for people. */
  Map<String, String> attributes() {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (TiffField field : directory.fields().values()) {
      if (!TiffTags.isStorage(field)) {
        attributes.put(TiffTags.name(field.tag()), field.describe());
      }
    }
    for (TiffField field : directory.exif().values()) {
      String name = TiffTags.exifName(field.tag());
      if (name != null) {
        attributes.put(name, field.describe());
      }
    }
    return attributes;
  }

  /** The fields that another TIFF file keeps. */
  List<TiffField> carried() {
    return directory.fields().values().stream().filter(TiffTags::isCarried).toList();
  }

  /** The names of the tags that are carried to TIFF, and of those that are not. */
  Metadata metadata() {
    List<String> never = new ArrayList<>();
    directory.fields().values().stream()
        .filter(field -> !TiffTags.isStorage(field) && !TiffTags.isCarried(field))
        .forEach(field -> never.add(TiffTags.name(field.tag())));
    directory.unknown().forEach(tag -> never.add(TiffTags.name(tag)));
    List<String> own = new ArrayList<>();
    for (TiffField field : carried()) {
      boolean ours = field.tag() == TiffTags.DESCRIPTION && description().isEmpty();
      if (!ours) {
        own.add(TiffTags.name(field.tag()));
      }
    }
    return new Metadata(own, never);
  }

  /** The description without the line that Stops left in it. */
  private String description() {
    TiffField field = directory.get(TiffTags.DESCRIPTION);
    return field == null ? "" : DomainComment.replace(field.text(), "");
  }

  /** The value by which GDAL marks samples that were not measured. */
  Optional<NoData> noData() {
    TiffField field = directory.get(TiffTags.GDAL_NODATA);
    return field == null || field.type() != TiffField.ASCII
        ? Optional.empty()
        : NoData.parse(TiffTags.name(TiffTags.GDAL_NODATA), field.text());
  }
}
