package stops.format.pfm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import stops.engine.SampleType;
import stops.format.flat.ChannelOrder;
import stops.format.flat.FlatPicture;
import stops.format.flat.FlatSource;
import stops.format.flat.FlatTarget;
import stops.format.flat.InputFile;
import stops.format.flat.SampleLayout;
import stops.image.Channel;
import stops.image.Domain;
import stops.image.ImageException;
import stops.image.ImageFormat;
import stops.image.ImageInfo;
import stops.image.ImageSource;
import stops.image.ImageTarget;
import stops.image.MemoryBound;
import stops.image.Metadata;
import stops.image.Part;
import stops.image.TargetLayout;
import stops.image.Window;

/**
 * Portable float maps: float32 samples of R, G, B or of Y, rows from the bottom to the top.
 *
 * <p>A scale other than 1 multiplies every sample that is read. Written files have the scale −1
 * (that is 1, little-endian) and are float32; float16 is widened.
 *
 * <p>A PFM file does not tell exposure from intensity; the caller has to say. There is no place for
 * a comment: Netpbm refuses a file with one, and many readers take all bytes behind the header for
 * samples. Writing exposures is therefore noted.
 */
public final class PfmFormat implements ImageFormat {

  @Override
  public String name() {
    return "PFM";
  }

  @Override
  public List<String> extensions() {
    return List.of("pfm");
  }

  @Override
  public boolean recognises(ByteBuffer head) {
    if (head.remaining() < 3) {
      return false;
    }
    int at = head.position();
    byte kind = head.get(at + 1);
    byte space = head.get(at + 2);
    return head.get(at) == 'P'
        && (kind == 'F' || kind == 'f')
        && (space == ' ' || (space >= '\t' && space <= '\r'));
  }

  @Override
  public ImageSource open(Path path, MemoryBound memory) throws ImageException {
    return InputFile.open(path, file -> open(file, memory));
  }

  private FlatSource open(InputFile file, MemoryBound memory) throws ImageException {
    PfmHeader header = PfmHeader.read(file);
    long room = file.size() - header.bytes();
    long pixels = (long) header.width() * header.height();
    long pixelBytes = (long) header.channels() * SampleType.FLOAT32.bytes();
    if (pixels > room / pixelBytes) {
      throw file.damaged(
          String.format(
              Locale.ROOT,
              "claims %d × %d pixels of %d bytes, but has only %d bytes from offset %d on",
              header.width(),
              header.height(),
              pixelBytes,
              room,
              header.bytes()));
    }
    Window window = Window.ofSize(header.width(), header.height());
    SampleLayout layout =
        new SampleLayout(
            window,
            header.channels(),
            pixels * header.channels(),
            SampleType.FLOAT32,
            header.order(),
            true,
            header.bytes());
    Map<String, String> attributes = new LinkedHashMap<>();
    if (header.scale() != 1) {
      attributes.put("scale", Float.toString(header.scale()));
    }
    if (!header.comments().isEmpty()) {
      attributes.put("comment", String.join("; ", header.comments()));
    }
    Part part =
        new Part(
            "",
            window,
            window,
            ChannelOrder.names(header.channels()).stream()
                .map(name -> Channel.of(name, SampleType.FLOAT32))
                .toList(),
            layout.describe() + ", rows from the bottom",
            attributes);
    ImageInfo info = new ImageInfo(name(), Domain.INTENSITY, false, List.of(part), Map.of());
    Metadata metadata = new Metadata(List.of(), header.comments());
    return FlatSource.scaled(file, info, layout, header.scale(), metadata, memory);
  }

  @Override
  public ImageTarget create(Path path, ImageSource source, TargetLayout layout, MemoryBound memory)
      throws ImageException {
    FlatPicture picture = FlatPicture.of(path, "PFM", Set.of(1, 3), source, layout);
    if (picture.type() == SampleType.FLOAT64) {
      throw ImageException.output(
          path, "PFM cannot hold float64 samples; write float32 or choose .npy");
    }
    if (!picture.isWhole()) {
      throw ImageException.output(
          path,
          String.format(
              Locale.ROOT, "PFM cannot hold %d samples in a row; choose .npy", picture.samples()));
    }
    picture = picture.withType(SampleType.FLOAT32);
    if (layout.domain() == Domain.EXPOSURE) {
      picture = picture.withNote("a PFM file does not say that its samples are exposures");
    }
    Window window = picture.part().dataWindow();
    byte[] header = PfmHeader.write(picture.types().size(), window.width(), window.height());
    return FlatTarget.create(path, picture, header, ByteOrder.LITTLE_ENDIAN, true);
  }
}
