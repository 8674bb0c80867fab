package stops.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
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
 * Samples and nothing else: one after the other, all of one type. A file is one row with the
 * channel {@code 0}. With more than 2³¹ − 1 samples it is several rows of 2³⁰, of which the last
 * may end early. Nothing in a file tells exposure from intensity; the caller has to say.
 *
 * <p>A file to be written has the sample type of its layout and this byte order; channels are
 * interleaved.
 */
public final class RawFormat implements ImageFormat {
  static final List<String> EXTENSIONS = List.of("raw", "bin");

  private final SampleType type;
  private final ByteOrder order;

  /**
   * The format of files with samples of one kind.
   *
   * @param type of the samples in files that are read
   * @param order of the bytes of a sample in files that are read or written
   */
  public RawFormat(SampleType type, ByteOrder order) {
    this.type = type;
    this.order = order;
  }

  @Override
  public String name() {
    return "raw";
  }

  @Override
  public List<String> extensions() {
    return EXTENSIONS;
  }

  /** Never: raw samples cannot be told from anything else. */
  @Override
  public boolean recognises(ByteBuffer head) {
    return false;
  }

  @Override
  public ImageSource open(Path path, MemoryBound memory) throws ImageException {
    return InputFile.open(path, file -> open(file, memory));
  }

  private FlatSource open(InputFile file, MemoryBound memory) throws ImageException {
    long samples = file.size() / type.bytes();
    if (file.size() % type.bytes() != 0) {
      throw file.damaged(
          String.format(
              Locale.ROOT,
              "ends within a %s sample that begins at offset %d; check the sample type",
              type,
              samples * type.bytes()));
    }
    Window window = SampleLayout.row(samples);
    SampleLayout layout = new SampleLayout(window, 1, samples, type, order, false, 0);
    Part part =
        new Part(
            "",
            window,
            window,
            List.of(Channel.of(ChannelOrder.UNNAMED, type)),
            layout.describe(),
            Map.of());
    ImageInfo info = new ImageInfo(name(), Domain.INTENSITY, false, List.of(part), Map.of());
    return FlatSource.of(file, info, layout, Metadata.NONE, memory);
  }

  @Override
  public ImageTarget create(Path path, ImageSource source, TargetLayout layout, MemoryBound memory)
      throws ImageException {
    FlatPicture picture = FlatPicture.of(path, "a raw file", Set.of(1, 2, 3, 4), source, layout);
    if (layout.domain() == Domain.EXPOSURE) {
      picture = picture.withNote("a raw file does not say that its samples are exposures");
    }
    ImageTarget target = FlatTarget.create(path, picture, new byte[0], order, false);
    return FullSizeFormat.fullSize(target, source);
  }
}
