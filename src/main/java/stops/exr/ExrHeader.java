package stops.exr;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedCollection;
import org.jspecify.annotations.Nullable;
import stops.exr.codec.Compression;
import stops.exr.codec.ExrChannel;
import stops.exr.codec.ExrException;
import stops.exr.codec.PixelType;

/**
 * The header of one part. It keeps every attribute byte for byte in file order, and decodes the
 * attributes that describe the part's storage. Immutable.
 */
public final class ExrHeader {
  private final Map<String, Attribute> attributes;
  private final List<ExrChannel> channels;
  private final Compression compression;
  private final Box dataWindow;
  private final Box displayWindow;
  private final LineOrder lineOrder;
  private final @Nullable Tiling tiling;

  private ExrHeader(Map<String, Attribute> attributes, boolean tiled) throws ExrException {
    this.attributes = attributes;
    channels = AttributeValues.channels(required("channels"));
    compression = AttributeValues.compression(required("compression"));
    dataWindow = AttributeValues.box(required("dataWindow"));
    displayWindow = AttributeValues.box(required("displayWindow"));
    lineOrder = AttributeValues.lineOrder(required("lineOrder"));
    tiling = tiled ? AttributeValues.tiling(required("tiles")) : null;
    checkName();
    checkSampling();
  }

  /**
   * The header with these attributes.
   *
   * @param tiled whether the part has tiles; the attribute {@code tiles} describes them
   * @throws ExrException if a required attribute is missing, an attribute occurs twice, or a value
   *     is illegal
   */
  public static ExrHeader of(SequencedCollection<Attribute> attributes, boolean tiled)
      throws ExrException {
    Map<String, Attribute> byName = new LinkedHashMap<>();
    for (Attribute attribute : attributes) {
      if (byName.putIfAbsent(attribute.name(), attribute) != null) {
        throw new ExrException(
            "attribute " + Names.printable(attribute.name()) + " is there twice");
      }
    }
    return new ExrHeader(byName, tiled);
  }

  /**
   * The header of a scanline picture, with the attributes that every EXR file has.
   *
   * @param channels in any order; the header sorts them by name
   * @throws ExrException if a value is illegal
   */
  public static ExrHeader scanlines(
      Box dataWindow, Box displayWindow, List<ExrChannel> channels, Compression compression)
      throws ExrException {
    List<ExrChannel> sorted = new ArrayList<>(channels);
    sorted.sort(Comparator.comparing(AttributeValues::sortKey));
    return of(
        List.of(
            AttributeValues.channelList(sorted),
            Attribute.coded("compression", "compression", compression.ordinal()),
            Attribute.ofBox("dataWindow", dataWindow),
            Attribute.ofBox("displayWindow", displayWindow),
            Attribute.coded("lineOrder", "lineOrder", LineOrder.INCREASING_Y.ordinal()),
            Attribute.ofFloat("pixelAspectRatio", 1),
            new Attribute("screenWindowCenter", "v2f", new byte[8]),
            Attribute.ofFloat("screenWindowWidth", 1)),
        false);
  }

  /** Every attribute in file order. */
  public List<Attribute> attributes() {
    return List.copyOf(attributes.values());
  }

  /** The attribute called {@code name}, if the header has one. */
  public Optional<Attribute> attribute(String name) {
    return Optional.ofNullable(attributes.get(name));
  }

  /**
   * The text of the attribute called {@code name}, if the header has one of type {@code string}.
   */
  public Optional<String> string(String name) {
    return attribute(name).filter(a -> a.type().equals("string")).map(Attribute::string);
  }

  /** The part's name, or an empty text. */
  public String name() {
    return string("name").orElse("");
  }

  /** The channels, in the order of their samples in the file. */
  public List<ExrChannel> channels() {
    return channels;
  }

  /** The compression of the part's chunks. */
  public Compression compression() {
    return compression;
  }

  /** The rectangle of pixels that the part stores. */
  public Box dataWindow() {
    return dataWindow;
  }

  /** The rectangle of pixels that a viewer shows. */
  public Box displayWindow() {
    return displayWindow;
  }

  /** The order of the part's chunks in the file. */
  public LineOrder lineOrder() {
    return lineOrder;
  }

  /** The part's tiling; empty for a scanline part. */
  public Optional<Tiling> tiling() {
    return Optional.ofNullable(tiling);
  }

  /**
   * This header with {@code attribute}, which replaces the attribute of the same name or is added
   * at the end.
   */
  public ExrHeader with(Attribute attribute) throws ExrException {
    Map<String, Attribute> changed = new LinkedHashMap<>(attributes);
    changed.put(attribute.name(), attribute);
    return new ExrHeader(changed, tiling != null);
  }

  /** This header without the attribute called {@code name}. */
  public ExrHeader without(String name) throws ExrException {
    Map<String, Attribute> changed = new LinkedHashMap<>(attributes);
    changed.remove(name);
    return new ExrHeader(changed, tiling != null);
  }

  /** This header with another compression. */
  public ExrHeader with(Compression other) throws ExrException {
    return with(Attribute.coded("compression", "compression", other.ordinal()));
  }

  /** This header with another line order. */
  public ExrHeader with(LineOrder other) throws ExrException {
    return with(Attribute.coded("lineOrder", "lineOrder", other.ordinal()));
  }

  /**
   * This header with other sample types, one for each channel in the order of {@link #channels}.
   */
  public ExrHeader withTypes(List<PixelType> types) throws ExrException {
    return with(AttributeValues.retyped(required("channels"), types));
  }

  private Attribute required(String name) throws ExrException {
    Attribute attribute = attributes.get(name);
    if (attribute == null) {
      throw new ExrException("attribute " + name + " is missing");
    }
    return attribute;
  }

  /** A part's name becomes a part of many others, so it has the limit of all names. */
  private void checkName() throws ExrException {
    int bytes = attribute("name").map(name -> name.value().length).orElse(0);
    if (bytes > HeaderParser.LONGEST_NAME) {
      throw new ExrException(
          String.format(
              Locale.ROOT,
              "the name of the part has %d bytes, and more than %d are not supported",
              bytes,
              HeaderParser.LONGEST_NAME));
    }
  }

  /** Enforces OpenEXR's rules. Readers disagree about files that break them. */
  private void checkSampling() throws ExrException {
    for (ExrChannel channel : channels) {
      int x = channel.xSampling();
      int y = channel.ySampling();
      if (x == 1 && y == 1) {
        continue;
      }
      if (tiling != null) {
        throw new ExrException(
            "channel " + Names.printable(channel.name()) + " is subsampled in a tiled part");
      }
      if (dataWindow.xMin() % x != 0
          || dataWindow.yMin() % y != 0
          || dataWindow.width() % x != 0
          || dataWindow.height() % y != 0) {
        throw new ExrException(
            String.format(
                Locale.ROOT,
                "the data window does not fit the %d by %d sampling of channel %s",
                x,
                y,
                Names.printable(channel.name())));
      }
    }
  }
}
