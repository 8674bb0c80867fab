package stops.exr;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import stops.exr.codec.ExrChannel;
import stops.exr.codec.PixelType;

/** Writes headers that {@link ExrWriter} would refuse, byte by byte. */
final class HostileFile {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  HostileFile(int flags) {
    integer(HeaderParser.MAGIC).integer(HeaderParser.VERSION | flags);
  }

  /** The attributes that each part needs, for a picture of one half channel. */
  static List<Attribute> required(Box window, int compression) {
    List<Attribute> attributes = new ArrayList<>();
    attributes.add(AttributeValues.channelList(List.of(ExrChannel.of("Y", PixelType.HALF))));
    attributes.add(new Attribute("compression", "compression", new byte[] {(byte) compression}));
    attributes.add(Attribute.ofBox("dataWindow", window));
    attributes.add(Attribute.ofBox("displayWindow", new Box(0, 0, 9, 9)));
    attributes.add(new Attribute("lineOrder", "lineOrder", new byte[1]));
    return attributes;
  }

  static Attribute tiles(int width, int height, int mode) {
    byte[] value = new byte[9];
    ByteBuffer.wrap(value)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(width)
        .putInt(height)
        .put((byte) mode);
    return new Attribute("tiles", "tiledesc", value);
  }

  HostileFile integer(int number) {
    bytes.writeBytes(Attribute.buffer(4).putInt(number).array());
    return this;
  }

  HostileFile number(long number) {
    bytes.writeBytes(Attribute.buffer(8).putLong(number).array());
    return this;
  }

  HostileFile name(String name) {
    bytes.writeBytes(name.getBytes(StandardCharsets.ISO_8859_1));
    bytes.write(0);
    return this;
  }

  HostileFile header(List<Attribute> attributes) {
    for (Attribute attribute : attributes) {
      name(attribute.name()).name(attribute.type()).integer(attribute.value().length);
      bytes.writeBytes(attribute.value());
    }
    return name("");
  }

  HostileFile zeros(int count) {
    bytes.writeBytes(new byte[count]);
    return this;
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  Path in(Path folder) throws IOException {
    return Files.write(folder.resolve("hostile.exr"), bytes.toByteArray());
  }
}
