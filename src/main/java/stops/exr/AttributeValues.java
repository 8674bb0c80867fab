package stops.exr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import stops.exr.codec.Compression;
import stops.exr.codec.ExrChannel;
import stops.exr.codec.ExrException;
import stops.exr.codec.PixelType;

/**
 * Reads and writes the attributes that describe the storage of a part. Illegal values are refused.
 */
final class AttributeValues {
  /** The largest absolute coordinate. OpenEXR has the same limit. Sizes fit into an int. */
  private static final int LARGEST_COORDINATE = Integer.MAX_VALUE / 2;

  private static final int CHANNEL_BYTES = 16;

  private AttributeValues() {}

  static Box box(Attribute attribute) throws ExrException {
    ByteBuffer in = fixed(attribute, "box2i", 16);
    Box box = new Box(in.getInt(), in.getInt(), in.getInt(), in.getInt());
    if (box.xMin() > box.xMax()
        || box.yMin() > box.yMax()
        || Math.min(box.xMin(), box.yMin()) <= -LARGEST_COORDINATE
        || Math.max(box.xMax(), box.yMax()) >= LARGEST_COORDINATE) {
      throw new ExrException(
          String.format(
              Locale.ROOT,
              "%s (%d, %d) to (%d, %d) is not a rectangle within the allowed coordinates",
              attribute.name(),
              box.xMin(),
              box.yMin(),
              box.xMax(),
              box.yMax()));
    }
    return box;
  }

  static Compression compression(Attribute attribute) throws ExrException {
    int code = fixed(attribute, "compression", 1).get() & 0xff;
    Compression[] known = Compression.values();
    if (code >= known.length) {
      throw new ExrException(
          switch (code) {
            case 10, 11 -> "compression HTJ2K is not supported";
            default -> "compression " + code + " is unknown";
          });
    }
    return known[code];
  }

  static LineOrder lineOrder(Attribute attribute) throws ExrException {
    int code = fixed(attribute, "lineOrder", 1).get() & 0xff;
    if (code >= LineOrder.values().length) {
      throw new ExrException("line order " + code + " is unknown");
    }
    return LineOrder.values()[code];
  }

  static Tiling tiling(Attribute attribute) throws ExrException {
    ByteBuffer in = fixed(attribute, "tiledesc", 9);
    int width = in.getInt();
    int height = in.getInt();
    int mode = in.get() & 0xff;
    if (width < 1 || height < 1) {
      throw new ExrException(
          String.format(
              Locale.ROOT,
              "tiles of %d by %d pixels are not possible",
              Integer.toUnsignedLong(width),
              Integer.toUnsignedLong(height)));
    }
    int levels = mode & 0xf;
    int rounding = mode >> 4;
    if (levels >= Tiling.Levels.values().length || rounding > 1) {
      throw new ExrException("tile mode " + mode + " is unknown");
    }
    return new Tiling(width, height, Tiling.Levels.values()[levels], rounding == 1);
  }

  /** The channels in file order: sorted by the bytes of their names. */
  static List<ExrChannel> channels(Attribute attribute) throws ExrException {
    expectType(attribute, "chlist");
    ByteBuffer in = attribute.bytes();
    List<ExrChannel> channels = new ArrayList<>();
    Set<String> names = new HashSet<>();
    while (true) {
      byte[] nameBytes = name(in);
      if (nameBytes.length == 0) {
        break;
      }
      if (in.remaining() < CHANNEL_BYTES) {
        throw new ExrException("the channel list ends early");
      }
      String name = Names.decode(nameBytes);
      int type = in.getInt();
      boolean perceptuallyLinear = (in.getInt() & 0xff) != 0;
      int xSampling = in.getInt();
      int ySampling = in.getInt();
      if (type < 0 || type >= PixelType.values().length) {
        throw new ExrException(
            "channel " + Names.printable(name) + " has the unknown sample type " + type);
      }
      if (xSampling < 1 || ySampling < 1) {
        throw new ExrException(
            String.format(
                Locale.ROOT,
                "channel %s has the sampling %d by %d",
                Names.printable(name),
                xSampling,
                ySampling));
      }
      if (names.size() == HeaderParser.MOST_CHANNELS) {
        throw HeaderParser.tooMany("channels", HeaderParser.MOST_CHANNELS);
      }
      if (!names.add(name)) {
        throw new ExrException("channel " + Names.printable(name) + " is there twice");
      }
      channels.add(
          new ExrChannel(name, PixelType.values()[type], perceptuallyLinear, xSampling, ySampling));
    }
    if (channels.isEmpty()) {
      throw new ExrException("the channel list is empty");
    }
    channels.sort((a, b) -> sortKey(a).compareTo(sortKey(b)));
    return List.copyOf(channels);
  }

  /** The channel list {@code attribute} with other sample types. All other bytes stay the same. */
  static Attribute retyped(Attribute attribute, List<PixelType> types) throws ExrException {
    Map<String, PixelType> typesByName = new HashMap<>();
    List<ExrChannel> channels = channels(attribute);
    for (int i = 0; i < channels.size(); i++) {
      typesByName.put(channels.get(i).name(), types.get(i));
    }
    byte[] value = attribute.value().clone();
    ByteBuffer out = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer in = attribute.bytes();
    for (int i = 0; i < channels.size(); i++) {
      PixelType type = typesByName.getOrDefault(Names.decode(name(in)), PixelType.UINT);
      out.putInt(in.position(), type.ordinal());
      in.position(in.position() + CHANNEL_BYTES);
    }
    return new Attribute(attribute.name(), attribute.type(), value);
  }

  /**
   * The channel list of a new file. The {@code channels} must be sorted by the bytes of their
   * names.
   */
  static Attribute channelList(List<ExrChannel> channels) {
    List<byte[]> names =
        channels.stream().map(c -> c.name().getBytes(StandardCharsets.UTF_8)).toList();
    int bytes = names.stream().mapToInt(name -> name.length + 1 + CHANNEL_BYTES).sum() + 1;
    ByteBuffer out = Attribute.buffer(bytes);
    for (int i = 0; i < channels.size(); i++) {
      ExrChannel channel = channels.get(i);
      out.put(names.get(i)).put((byte) 0).putInt(channel.type().ordinal());
      out.putInt(channel.perceptuallyLinear() ? 1 : 0);
      out.putInt(channel.xSampling()).putInt(channel.ySampling());
    }
    return new Attribute("channels", "chlist", out.array());
  }

  /** A string that sorts like the bytes of the channel's name in the file. */
  static String sortKey(ExrChannel channel) {
    return new String(channel.name().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static byte[] name(ByteBuffer in) throws ExrException {
    int start = in.position();
    int end = start;
    while (end < in.limit() && in.get(end) != 0) {
      end++;
    }
    if (end == in.limit()) {
      throw new ExrException("the channel list ends early");
    }
    if (end - start > HeaderParser.LONGEST_NAME) {
      throw new ExrException("the channel list has a name of more than 255 bytes");
    }
    byte[] name = new byte[end - start];
    in.get(name).get();
    return name;
  }

  private static ByteBuffer fixed(Attribute attribute, String type, int bytes) throws ExrException {
    expectType(attribute, type);
    if (attribute.value().length != bytes) {
      throw new ExrException(
          String.format(
              Locale.ROOT,
              "attribute %s has %d bytes, not %d",
              Names.printable(attribute.name()),
              attribute.value().length,
              bytes));
    }
    return attribute.bytes();
  }

  private static void expectType(Attribute attribute, String type) throws ExrException {
    if (!attribute.type().equals(type)) {
      throw new ExrException(
          String.format(
              Locale.ROOT,
              "attribute %s has the type %s, not %s",
              attribute.name(),
              Names.printable(attribute.type()),
              type));
    }
  }
}
