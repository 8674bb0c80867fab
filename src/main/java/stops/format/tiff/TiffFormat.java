package stops.format.tiff;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import stops.engine.SampleType;
import stops.format.flat.DomainComment;
import stops.format.flat.FlatPicture;
import stops.format.flat.FlatTarget;
import stops.format.flat.InputFile;
import stops.image.ImageException;
import stops.image.ImageFormat;
import stops.image.ImageSource;
import stops.image.ImageTarget;
import stops.image.MemoryBound;
import stops.image.TargetLayout;
import stops.image.Window;

/**
 * TIFF files of one picture with floating-point samples: grey or RGB, with alpha or without.
 *
 * <p>Files are written uncompressed, so that strips can come in any order, as float32 or float64;
 * float16 is widened, since few programs read it. Files of 4 GiB or more are BigTIFF.
 *
 * <p>From TIFF to TIFF all tags are kept, known or not, with three exceptions: tags that say how
 * samples are stored, that would be false of other samples, or that point to other places of the
 * file. A file of exposures says so in a line of its description.
 */
public final class TiffFormat implements ImageFormat {
  private static final int UNSPECIFIED = 0;
  private static final int ASSOCIATED_ALPHA = 1;

  /** Tags that are carried are in memory as they are read, in the new order, and in the header. */
  private static final int COPIES = 3;

  @Override
  public String name() {
    return "TIFF";
  }

  @Override
  public List<String> extensions() {
    return List.of("tif", "tiff");
  }

  @Override
  public boolean recognises(ByteBuffer head) {
    return InputFile.begins(head, new byte[] {'I', 'I', 42, 0})
        || InputFile.begins(head, new byte[] {'M', 'M', 0, 42})
        || InputFile.begins(head, new byte[] {'I', 'I', 43, 0})
        || InputFile.begins(head, new byte[] {'M', 'M', 0, 43});
  }

  @Override
  public ImageSource open(Path path, MemoryBound memory) throws ImageException {
    return InputFile.open(path, file -> new TiffSource(file, memory));
  }

  @Override
  public ImageTarget create(Path path, ImageSource source, TargetLayout layout, MemoryBound memory)
      throws ImageException {
    FlatPicture picture = FlatPicture.of(path, "TIFF", Set.of(1, 2, 3, 4), source, layout);
    boolean vectors = picture.order().names().contains("X");
    if (!picture.isWhole() || vectors) {
      throw FlatPicture.refuse(
          path, vectors ? "TIFF cannot hold X, Y, Z" : "TIFF cannot hold samples without geometry");
    }
    if (picture.type() == SampleType.FLOAT16) {
      picture = picture.withType(SampleType.FLOAT32);
      if (source.noData().isPresent()) {
        picture = picture.arrivingAsInFile(); // Half cannot hold every such value.
      }
    }
    if (picture.order().names().stream().anyMatch(name -> "13".contains(name))) {
      picture =
          picture.withNote("TIFF takes the last channel for alpha, which is not converted back");
    }
    List<TiffField> fields = new ArrayList<>();
    String text = "";
    if (source instanceof TiffSource tiff) {
      fields.addAll(carried(tiff, memory));
      TiffField description = tiff.picture().directory().get(TiffTags.DESCRIPTION);
      text = description == null ? "" : description.text();
    }
    fields.removeIf(field -> field.tag() == TiffTags.DESCRIPTION);
    String comment = DomainComment.of(layout.domain(), picture.origins()).text();
    String described = DomainComment.replace(text, comment);
    if (!described.isEmpty()) {
      fields.add(TiffHeader.text(TiffTags.DESCRIPTION, described));
    }
    int channels = picture.types().size();
    if (channels % 2 == 0) {
      fields.add(TiffHeader.number(TiffTags.EXTRA_SAMPLES, alpha(source)));
    }
    Window window = picture.part().dataWindow();
    TiffHeader header =
        new TiffHeader(window.width(), window.height(), channels, picture.type().bytes(), fields);
    return FlatTarget.create(path, picture, header.write(), ByteOrder.LITTLE_ENDIAN, false);
  }

  /** The tags to carry. In a damaged file many may claim the same bytes. */
  private static List<TiffField> carried(TiffSource source, MemoryBound memory)
      throws ImageException {
    List<TiffField> carried = source.picture().carried();
    long bytes = carried.stream().mapToLong(field -> field.bytes().byteSize()).sum();
    memory.checkDescription(source.path(), "its TIFF tags", COPIES * bytes);
    return carried.stream().map(TiffField::littleEndian).toList();
  }

  /** The kind of the last channel: as in the TIFF source, or premultiplied from OpenEXR. */
  private static int alpha(ImageSource source) {
    if (source instanceof TiffSource tiff) {
      return (int) tiff.picture().directory().number(TiffTags.EXTRA_SAMPLES, UNSPECIFIED);
    }
    return source.info().format().equals("OpenEXR") ? ASSOCIATED_ALPHA : UNSPECIFIED;
  }
}
