package stops.exr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import stops.exr.codec.ExrChannel;
import stops.exr.codec.ExrException;
import stops.exr.codec.PixelType;

/** A file may have more of everything than any real one, and not without end. */
class HeaderLimitsTest {
  private static final Box PIXEL = new Box(0, 0, 0, 0);

  private static List<Attribute> part(int number, int channels) {
    List<ExrChannel> list = new ArrayList<>();
    for (int i = 0; i < channels; i++) {
      list.add(ExrChannel.of(String.format(Locale.ROOT, "c%06d", i), PixelType.HALF));
    }
    List<Attribute> attributes = HostileFile.required(PIXEL, 0);
    attributes.set(0, AttributeValues.channelList(list));
    attributes.add(Attribute.ofString("name", "part " + number));
    attributes.add(Attribute.ofString("type", "scanlineimage"));
    return attributes;
  }

  private static HostileFile parts(int count, int channels) {
    HostileFile file = new HostileFile(HeaderParser.MULTI_PART);
    for (int i = 0; i < count; i++) {
      file.header(part(i, channels));
    }
    return file.name("");
  }

  private static void refused(String problem, HostileFile file) {
    byte[] bytes = file.zeros(1 << 20).bytes();
    ExrException e = assertThrows(ExrException.class, () -> ExrReader.open(bytes));
    assertEquals(problem, e.problem());
  }

  @Test
  void partsHaveALimit() throws Exception {
    int most = HeaderParser.MOST_PARTS;
    try (ExrReader reader = ExrReader.open(parts(most, 1).zeros(1 << 20).bytes())) {
      assertEquals(most, reader.parts().size());
    }
    refused("more than 4,096 parts are not supported; use several files", parts(most + 1, 1));
  }

  @Test
  void channelsHaveALimitInAPartAndInAllTogether() throws Exception {
    int most = HeaderParser.MOST_CHANNELS;
    try (ExrReader reader = ExrReader.open(parts(1, most).zeros(1 << 20).bytes())) {
      assertEquals(most, reader.parts().getFirst().channels().size());
    }
    refused(
        "part 0: more than 32,768 channels are not supported; use several files",
        parts(1, most + 1));
    refused("more than 32,768 channels are not supported; use several files", parts(65, most / 64));
  }

  @Test
  void attributesHaveALimitAndManyOfOneNameAreOneNoteEach() throws Exception {
    List<Attribute> attributes = HostileFile.required(PIXEL, 0);
    int most = HeaderParser.MOST_ATTRIBUTES - attributes.size();
    for (int i = 0; i < most; i++) {
      attributes.add(Attribute.ofInt("a" + i / 2, i));
    }
    byte[] file = new HostileFile(0).header(attributes).zeros(100).bytes();
    try (ExrReader reader = ExrReader.open(file)) {
      assertTrue(reader.notes().size() > most / 2 - 1);
    }
    attributes.add(Attribute.ofInt("one more", 1));
    refused(
        "more than 131,072 attributes are not supported; use several files",
        new HostileFile(0).header(attributes));
  }

  @Test
  void theNameOfAPartHasALimit() {
    List<Attribute> attributes = part(0, 1);
    attributes.set(5, Attribute.ofString("name", "x".repeat(256)));
    refused(
        "part 0: the name of the part has 256 bytes, and more than 255 are not supported",
        new HostileFile(HeaderParser.MULTI_PART).header(attributes).name(""));
  }

  @Test
  void chunksHaveALimit() {
    List<Attribute> attributes = HostileFile.required(new Box(0, 0, 2047, 2048), 0);
    attributes.add(HostileFile.tiles(1, 1, 0));
    byte[] file =
        new HostileFile(HeaderParser.TILED).header(attributes).zeros(8 * 2048 * 2049).bytes();
    ExrException e = assertThrows(ExrException.class, () -> ExrReader.open(file));
    assertEquals("more than 2^22 chunks are not supported; use larger tiles", e.problem());
  }

  /** Values that begin in what was read ahead, and end behind it. */
  @Test
  void valuesOfAllSizesAreReadWhole() throws Exception {
    List<Attribute> attributes = HostileFile.required(PIXEL, 0);
    for (int size : new int[] {0, 1, 16_000, 1_000, 16_383, 16_384, 16_385, 3, 40_000, 15_000, 9}) {
      byte[] value = new byte[size];
      for (int i = 0; i < size; i++) {
        value[i] = (byte) (i * 31 + size);
      }
      attributes.add(new Attribute("of " + size, "x", value));
    }
    byte[] file = new HostileFile(0).header(attributes).zeros(100).bytes();
    try (ExrReader reader = ExrReader.open(file)) {
      for (Attribute attribute : attributes) {
        assertEquals(
            attribute, reader.parts().getFirst().attribute(attribute.name()).orElseThrow());
      }
    }
  }
}
