package stops.format.npy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import stops.engine.SampleType;
import stops.format.flat.ChannelOrder;
import stops.format.flat.DomainComment;
import stops.format.flat.FlatPicture;
import stops.format.flat.FlatSource;
import stops.format.flat.FlatTarget;
import stops.format.flat.FortranOrder;
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
 * NumPy arrays of f2, f4 or f8, read in C's order or Fortran's and written in C's.
 *
 * <p>Two dimensions are height and width of a picture with the channel Y; three, of which the last
 * is 1 to 4, are height, width and channels (Y; 0, 1; R, G, B; R, G, B, 3). Any other array is one
 * row of samples with the channel {@code 0}. The shape is kept.
 *
 * <p>Stops leaves a comment behind the header's dictionary, which NumPy skips as Python does.
 * {@code # stops: domain=exposure origin=float16} marks exposures, {@code # stops: alpha=last} an
 * array whose last channel is alpha.
 */
public final class NpyFormat implements ImageFormat {
  private static final int MAX_CHANNELS = 4;

  @Override
  public String name() {
    return "NPY";
  }

  @Override
  public List<String> extensions() {
    return List.of("npy");
  }

  @Override
  public boolean recognises(ByteBuffer head) {
    return InputFile.begins(head, NpyHeader.MAGIC);
  }

  @Override
  public ImageSource open(Path path, MemoryBound memory) throws ImageException {
    return InputFile.open(path, file -> open(file, memory));
  }

  private FlatSource open(InputFile file, MemoryBound memory) throws ImageException {
    NpyHeader header = NpyHeader.read(file);
    long samples = samples(file, header);
    DomainComment comment = DomainComment.parse(header.comment());
    List<String> names = names(header.shape(), comment);
    Window window = window(header.shape(), names, samples);
    SampleLayout layout =
        new SampleLayout(
            window, names.size(), samples, header.type(), header.order(), false, header.bytes());
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("shape", NpyHeader.tuple(header.shape()));
    if (!header.comment().isEmpty()) {
      attributes.put("comment", header.comment());
    }
    Part part =
        new Part(
            "",
            window,
            window,
            names.stream().map(name -> Channel.of(name, header.type())).toList(),
            layout.describe() + (header.fortran() ? ", Fortran order" : ""),
            attributes);
    Map<String, SampleType> origins = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      SampleType origin = comment.origin(i);
      if (origin != null) {
        origins.put(names.get(i), origin);
      }
    }
    boolean said = comment.domain() == Domain.EXPOSURE;
    ImageInfo info =
        new ImageInfo(name(), comment.domain(), said, List.of(part), Map.copyOf(origins));
    boolean both = header.shape().size() < 2; // Then the orders are the same.
    Metadata metadata = metadata(header, names);
    return header.fortran() && !both && samples > 0
        ? FlatSource.inFortranOrder(
            file, info, layout, new FortranOrder(header.shape()), metadata, memory)
        : FlatSource.of(file, info, layout, metadata, memory);
  }

  private static Metadata metadata(NpyHeader header, List<String> names) {
    boolean row = names.equals(List.of(ChannelOrder.UNNAMED)) && header.shape().size() != 1;
    boolean foreign = !header.comment().isEmpty() && !DomainComment.isOne(header.comment());
    return new Metadata(
        row ? List.of("shape " + NpyHeader.tuple(header.shape())) : List.of(),
        foreign ? List.of("comment") : List.of());
  }

  private static long samples(InputFile file, NpyHeader header) throws ImageException {
    long room = file.size() - header.bytes();
    long bytes = header.type().bytes();
    boolean empty = header.shape().contains(0L);
    for (long length : header.shape()) {
      // Neither factor is negative, and bytes stays at most the file's size.
      if (!empty && length > room / bytes) {
        throw file.damaged(
            String.format(
                Locale.ROOT,
                "claims an array of shape %s of %s, but has only %d bytes from offset %d on",
                NpyHeader.tuple(header.shape()),
                header.type(),
                room,
                header.bytes()));
      }
      bytes = empty ? 0 : bytes * length;
    }
    if (bytes > room) {
      throw file.damaged(
          String.format(
              Locale.ROOT,
              "ends within its only %s sample, at offset %d",
              header.type(),
              file.size()));
    }
    return bytes / header.type().bytes();
  }

  private static List<String> names(List<Long> shape, DomainComment comment) {
    boolean picture =
        (shape.size() == 2 || (shape.size() == 3 && channels(shape) > 0))
            && shape.get(0) <= Integer.MAX_VALUE
            && shape.get(1) <= Integer.MAX_VALUE;
    if (!picture) {
      return List.of(ChannelOrder.UNNAMED);
    }
    int count = shape.size() == 2 ? 1 : channels(shape);
    return comment.hasAlpha(count) ? ChannelOrder.names(count) : ChannelOrder.arrayNames(count);
  }

  /** The length of the last dimension if it can be the channels of a picture, or 0. */
  private static int channels(List<Long> shape) {
    long last = shape.getLast();
    return last <= MAX_CHANNELS ? (int) last : 0;
  }

  private static Window window(List<Long> shape, List<String> names, long samples) {
    return names.equals(List.of(ChannelOrder.UNNAMED))
        ? SampleLayout.row(samples)
        : Window.ofSize(shape.get(1).intValue(), shape.get(0).intValue());
  }

  @Override
  public ImageTarget create(Path path, ImageSource source, TargetLayout layout, MemoryBound memory)
      throws ImageException {
    FlatPicture picture = FlatPicture.of(path, "NPY", Set.of(1, 2, 3, 4), source, layout);
    DomainComment remembered = DomainComment.of(layout.domain(), picture.origins());
    boolean alpha = picture.order().names().getLast().equals("A");
    String comment = (alpha ? remembered.withAlpha() : remembered).text();
    byte[] header = NpyHeader.write(picture.type(), shape(source, picture), comment);
    return FlatTarget.create(path, picture, header, ByteOrder.LITTLE_ENDIAN, false);
  }

  private static List<Long> shape(ImageSource source, FlatPicture picture) {
    Part part = picture.part();
    String shape = part.attributes().get("shape");
    List<Long> numbers = new ArrayList<>();
    if (source instanceof FlatSource && shape != null) {
      for (String number : shape.replaceAll("[() ]", "").split(",", -1)) {
        if (!number.isEmpty()) {
          numbers.add(Long.parseLong(number));
        }
      }
      return numbers;
    }
    if (picture.order().names().equals(List.of(ChannelOrder.UNNAMED))) {
      return List.of(picture.samples());
    }
    numbers.add(part.dataWindow().height());
    numbers.add(part.dataWindow().width());
    if (picture.types().size() > 1) {
      numbers.add((long) picture.types().size());
    }
    return numbers;
  }
}
