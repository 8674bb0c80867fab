package stops.format.radiance;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import stops.format.flat.FlatPicture;
import stops.format.flat.InputFile;
import stops.image.Domain;
import stops.image.ImageException;
import stops.image.ImageFormat;
import stops.image.ImageSource;
import stops.image.ImageTarget;
import stops.image.MemoryBound;
import stops.image.TargetLayout;
import stops.image.Window;

/**
 * Radiance pictures, RGBE or XYZE, read in any of the 8 orientations and written from the top left.
 *
 * <p>Samples are read as float32 intensities: the decoded value divided by the product of the
 * header's EXPOSURE and COLORCORR lines. From Radiance to Radiance all lines of the header are kept
 * in order. Since EXPOSURE and COLORCORR are among them, samples are multiplied again. Exposures
 * are refused, because RGBE has no negative values.
 */
public final class RadianceFormat implements ImageFormat {
  private static final byte[] MAGIC = "#?".getBytes(StandardCharsets.US_ASCII);

  /** An empty line and the resolution behind it, which every Radiance file has. */
  private static final Pattern RESOLUTION =
      Pattern.compile("\n\r?\n[-+][XY]\\s*[0-9]+\\s*[-+][XY]\\s*[0-9]+\\s*\n");

  @Override
  public String name() {
    return "Radiance";
  }

  @Override
  public List<String> extensions() {
    return List.of("hdr", "pic", "rgbe", "xyze");
  }

  @Override
  public boolean recognises(ByteBuffer head) {
    String text = StandardCharsets.ISO_8859_1.decode(head.slice()).toString();
    if (text.startsWith("FORMAT=32-bit_rle_")) {
      return true; // Radiance itself does without the first line.
    }
    return InputFile.begins(head, MAGIC)
        && (text.startsWith("#?RADIANCE")
            || text.startsWith("#?RGBE")
            || text.contains("\nFORMAT=32-bit_rle_")
            || RESOLUTION.matcher(text).find());
  }

  @Override
  public ImageSource open(Path path, MemoryBound memory) throws ImageException {
    return InputFile.open(path, file -> new RadianceSource(file, memory));
  }

  @Override
  public ImageTarget create(Path path, ImageSource source, TargetLayout layout, MemoryBound memory)
      throws ImageException {
    if (layout.domain() == Domain.EXPOSURE) {
      throw FlatPicture.refuse(
          path, "Radiance's RGBE cannot hold negative values, so no exposures");
    }
    FlatPicture picture = FlatPicture.of(path, "Radiance", Set.of(3), source, layout);
    if (!picture.isWhole()) {
      throw FlatPicture.refuse(path, "Radiance cannot hold an empty picture");
    }
    Window window = picture.part().dataWindow();
    RadianceHeader header =
        source instanceof RadianceSource radiance
            ? radiance.header()
            : RadianceHeader.of(
                picture.order().names().contains("X"), (int) window.width(), (int) window.height());
    return RadianceTarget.create(path, picture, header);
  }
}
