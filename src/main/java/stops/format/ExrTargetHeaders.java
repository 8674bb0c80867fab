package stops.format;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import stops.engine.SampleType;
import stops.exr.Attribute;
import stops.exr.Box;
import stops.exr.ExrHeader;
import stops.exr.LineOrder;
import stops.exr.codec.Compression;
import stops.exr.codec.ExrChannel;
import stops.exr.codec.ExrException;
import stops.exr.codec.Packing;
import stops.exr.codec.PixelType;
import stops.image.Channel;
import stops.image.Domain;
import stops.image.ImageException;
import stops.image.ImageSource;
import stops.image.Part;
import stops.image.TargetLayout;
import stops.image.Window;

/**
 * The headers of an EXR file to be written. From an EXR source they are the source's, with the new
 * sample types; from any other they are made anew. Values that OpenEXR's reader refuses are
 * replaced, with a note.
 *
 * @param headers one for each part
 * @param notes differences to the source, one line each
 * @param warnings what the compression does to samples, one line each
 */
record ExrTargetHeaders(List<ExrHeader> headers, List<String> notes, List<String> warnings) {
  private static final String LOSS = "dwaCompressionLevel";
  private static final String ASPECT = "pixelAspectRatio";
  private static final String SCREEN_WIDTH = "screenWindowWidth";

  /**
   * The headers of a file.
   *
   * @param packing the compression of all parts; null for those of the source, as far as they lose
   *     nothing
   */
  static ExrTargetHeaders of(
      Path path, ImageSource source, TargetLayout layout, @Nullable Packing packing)
      throws ImageException, ExrException {
    Set<String> notes = new LinkedHashSet<>();
    Set<String> warnings = new LinkedHashSet<>();
    List<Part> parts = source.info().parts();
    List<ExrHeader> headers = new ArrayList<>();
    for (int p = 0; p < parts.size(); p++) {
      Part part = parts.get(p);
      List<PixelType> types = pixelTypes(path, part, layout.types().get(p));
      ExrHeader header =
          source instanceof ExrSource exr
              ? derived(exr.headers().get(p), part, types, layout, packing, notes)
              : fresh(part, types, layout, packing);
      if (!isLossless(header)) {
        warnings.add(loss(header, layout));
      }
      headers.add(header);
    }
    source.metadata().lost(source instanceof ExrSource).ifPresent(notes::add);
    return new ExrTargetHeaders(List.copyOf(headers), List.copyOf(notes), List.copyOf(warnings));
  }

  /** Whether all samples of a part are read as they are written. */
  static boolean isLossless(ExrHeader header) {
    return header.compression().lossless(header.channels().stream().map(ExrChannel::type).toList());
  }

  /** What a part's compression does to its samples. */
  private static String loss(ExrHeader header, TargetLayout layout) {
    String name = header.compression().name();
    boolean exposures = layout.domain() == Domain.EXPOSURE;
    if (header.compression() == Compression.PXR24) {
      return name
          + (exposures
              ? " rounds float32 samples to 24 bits: exposures change by up to 1/65536 of themselves"
              : " rounds float32 samples to 24 bits: light changes by up to 0.00003 stops");
    }
    String amount =
        header.attribute(LOSS).flatMap(Attribute::floatValue).orElse(0f) > Packing.USUAL_LOSS
            ? "tenths of a stop or more"
            : "up to tenths of a stop";
    return String.format(
        Locale.ROOT,
        exposures
            ? "%s is made for light: it changes exposures in R, G, B and Y by %s, infinite ones"
                + " become about ±65504 stops, and NaN becomes 0 stops, which is an intensity of 1"
            : "%s changes light in R, G, B and Y by %s, dark light by more, what is above 65504"
                + " becomes about that, and NaN becomes 0",
        name,
        amount);
  }

  private static ExrHeader packed(ExrHeader header, Packing packing) throws ExrException {
    ExrHeader packed = header.with(packing.compression());
    boolean told = packing.hasLevel() || header.attribute(LOSS).isPresent();
    return packing.compression().hasLoss() && told
        ? packed.with(Attribute.ofFloat(LOSS, packing.loss()))
        : packed;
  }

  private static ExrHeader derived(
      ExrHeader source,
      Part part,
      List<PixelType> types,
      TargetLayout layout,
      @Nullable Packing packing,
      Set<String> notes)
      throws ExrException {
    if (packing != null) {
      ExrHeader header = packed(source.withTypes(types), packing);
      return ExrHistory.note(readable(header, notes), source, part, layout);
    }
    Optional<Compression> former =
        layout.domain() == Domain.INTENSITY
            ? ExrHistory.formerCompression(source)
            : Optional.empty();
    Compression wanted = former.orElse(source.compression());
    Compression chosen = wanted.lossless(types) ? wanted : Compression.ZIP;
    if (chosen != wanted) {
      notes.add(
          String.format(
              Locale.ROOT, "written with ZIP compression, because %s loses precision", wanted));
    }
    ExrHeader readable = readable(source.withTypes(types).with(chosen), notes);
    return ExrHistory.note(readable, source, part, layout);
  }

  /** The header, with values that OpenEXR's reader allows. */
  private static ExrHeader readable(ExrHeader header, Set<String> notes) throws ExrException {
    ExrHeader readable = header;
    if (header.lineOrder() == LineOrder.RANDOM_Y && header.tiling().isEmpty()) {
      readable = readable.with(LineOrder.INCREASING_Y);
      notes.add("written in increasing line order, because only tiles may be in random order");
    }
    Optional<Float> ratio = header.attribute(ASPECT).flatMap(Attribute::floatValue);
    if (ratio.filter(value -> value >= 1e-6f && value <= 1e6f).isEmpty()) {
      readable = readable.with(Attribute.ofFloat(ASPECT, 1));
      notes.add("written with a pixelAspectRatio of 1, because what it was is not allowed");
    }
    Optional<Float> width = header.attribute(SCREEN_WIDTH).flatMap(Attribute::floatValue);
    if (width.filter(value -> value >= 0 && value <= Float.MAX_VALUE).isEmpty()) {
      readable = readable.with(Attribute.ofFloat(SCREEN_WIDTH, 1));
      notes.add("written with a screenWindowWidth of 1, because what it was is not allowed");
    }
    return readable;
  }

  private static ExrHeader fresh(
      Part part, List<PixelType> types, TargetLayout layout, @Nullable Packing packing)
      throws ExrException {
    List<ExrChannel> channels = new ArrayList<>();
    for (int c = 0; c < types.size(); c++) {
      Channel channel = part.channels().get(c);
      channels.add(
          new ExrChannel(
              channel.name(), types.get(c), false, channel.xSampling(), channel.ySampling()));
    }
    ExrHeader header =
        ExrHeader.scanlines(
            box(part.dataWindow()), box(part.displayWindow()), channels, Compression.ZIP);
    if (packing != null) {
      header = packed(header, packing);
    }
    return ExrHistory.note(header, header, part, layout);
  }

  private static List<PixelType> pixelTypes(Path path, Part part, List<@Nullable SampleType> types)
      throws ImageException {
    List<PixelType> pixelTypes = new ArrayList<>();
    for (int c = 0; c < types.size(); c++) {
      SampleType type = types.get(c);
      if (type == SampleType.FLOAT64) {
        throw ImageException.output(
            path,
            String.format(
                Locale.ROOT,
                "OpenEXR has no float64 samples, which channel %s needs; choose float32 or float16",
                part.channels().get(c).name()));
      }
      pixelTypes.add(
          type == null
              ? PixelType.UINT
              : type == SampleType.FLOAT16 ? PixelType.HALF : PixelType.FLOAT);
    }
    return pixelTypes;
  }

  private static Box box(Window window) {
    return new Box(window.xMin(), window.yMin(), window.xMax(), window.yMax());
  }
}
