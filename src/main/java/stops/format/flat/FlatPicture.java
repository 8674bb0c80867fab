package stops.format.flat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import stops.engine.SampleType;
import stops.image.Channel;
import stops.image.ImageException;
import stops.image.ImageInfo;
import stops.image.ImageSource;
import stops.image.Part;
import stops.image.TargetLayout;
import stops.image.Window;
import stops.text.NameList;

/**
 * A picture that is to be written in a format without names, parts, layers and windows: one part, a
 * sample in every pixel, channels in a conventional order.
 *
 * @param part the picture
 * @param order of the channels
 * @param types the type of each channel's samples as they arrive
 * @param type of the samples in the file: the widest of {@code types}, or wider
 * @param samples number of samples, all channels together
 * @param origins the type of each channel's intensities, in file order; null where unknown
 * @param notes what the format cannot keep, one line each
 */
public record FlatPicture(
    Part part,
    ChannelOrder order,
    List<SampleType> types,
    SampleType type,
    long samples,
    List<@Nullable SampleType> origins,
    List<String> notes) {

  /**
   * The picture of {@code source}.
   *
   * @param format its name, for errors
   * @param counts numbers of channels that the format can hold
   * @throws ImageException if the format cannot hold the picture
   */
  public static FlatPicture of(
      Path path, String format, Set<Integer> counts, ImageSource source, TargetLayout layout)
      throws ImageException {
    List<Part> parts = source.info().parts();
    if (parts.size() != 1) {
      throw refuse(
          path,
          String.format(
              Locale.ROOT, "the source has %d parts, %s holds one", parts.size(), format));
    }
    Part part = parts.getFirst();
    List<SampleType> types = types(path, format, part, layout.types().getFirst());
    ChannelOrder order = part.channels().isEmpty() ? null : ChannelOrder.of(part.channels());
    if (order == null || !counts.contains(order.places().length)) {
      List<String> names = part.channels().stream().map(Channel::name).toList();
      throw refuse(
          path,
          String.format(
              Locale.ROOT, "%s cannot hold the channels %s", format, NameList.of(names, ", ")));
    }
    SampleType type = TargetPlanes.widest(types);
    long samples =
        source instanceof FlatSource flat
            ? flat.samples()
            : part.dataWindow().width() * part.dataWindow().height() * types.size();
    List<String> notes = notes(part, order);
    source.metadata().lost(source.info().format().equals(format)).ifPresent(notes::add);
    return new FlatPicture(part, order, types, type, samples, origins(part, order, layout), notes);
  }

  private static List<SampleType> types(
      Path path, String format, Part part, List<@Nullable SampleType> wanted)
      throws ImageException {
    List<SampleType> types = new ArrayList<>();
    for (int i = 0; i < part.channels().size(); i++) {
      Channel channel = part.channels().get(i);
      SampleType type = wanted.get(i);
      if (type == null) {
        throw refuse(
            path,
            String.format(
                Locale.ROOT, "%s cannot hold the integers of channel %s", format, channel.name()));
      }
      if (channel.xSampling() != 1 || channel.ySampling() != 1) {
        throw refuse(
            path,
            String.format(
                Locale.ROOT, "%s cannot hold the subsampled channel %s", format, channel.name()));
      }
      types.add(type);
    }
    return types;
  }

  private static List<@Nullable SampleType> origins(
      Part part, ChannelOrder order, TargetLayout layout) {
    @Nullable SampleType[] origins = new @Nullable SampleType[order.places().length];
    for (int i = 0; i < origins.length; i++) {
      origins[order.places()[i]] =
          layout.origins().get(ImageInfo.originKey(part, part.channels().get(i)));
    }
    List<@Nullable SampleType> list = new ArrayList<>();
    for (SampleType origin : origins) {
      list.add(origin);
    }
    return list;
  }

  private static List<String> notes(Part part, ChannelOrder order) {
    List<String> notes = new ArrayList<>();
    Window data = part.dataWindow();
    if (!data.equals(part.displayWindow()) || data.xMin() != 0 || data.yMin() != 0) {
      notes.add("the place of the picture, " + data + ", is not kept");
    }
    if (!order.layer().isEmpty()) {
      notes.add("the name of the layer " + order.layer() + " is not kept");
    }
    return notes;
  }

  /** The error for a picture that a format cannot hold. OpenEXR can. */
  public static ImageException refuse(Path path, String problem) {
    return ImageException.output(path, problem + "; choose .exr");
  }

  /** Whether the picture has pixels, and a sample of each channel in every one. */
  public boolean isWhole() {
    Window window = part.dataWindow();
    return samples > 0 && samples == window.width() * window.height() * types.size();
  }

  /** This picture, with samples of type {@code wider} in the file. */
  public FlatPicture withType(SampleType wider) {
    return new FlatPicture(part, order, types, wider, samples, origins, notes);
  }

  /** This picture, with samples that arrive in the type that they have in the file. */
  public FlatPicture arrivingAsInFile() {
    List<SampleType> same = types.stream().map(arriving -> type).toList();
    return new FlatPicture(part, order, same, type, samples, origins, notes);
  }

  /** This picture, with one more note. */
  public FlatPicture withNote(String note) {
    List<String> more = new ArrayList<>(notes);
    more.add(note);
    return new FlatPicture(part, order, types, type, samples, origins, more);
  }
}
