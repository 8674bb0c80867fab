package stops.format.tiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.format.Formats;
import stops.format.Pass;
import stops.format.Problem;
import stops.format.flat.InputFile;
import stops.image.ImageSource;

/** Tags that TIFF files have beside their samples, known here or not. */
class TiffTagsTest {
  @TempDir Path folder;

  /** The values of a tag: so many of a type. */
  private record Values(int type, int count, byte[] bytes) {}

  private static Values values(ByteOrder order, int type, Number... numbers) {
    int size = TiffField.size(type);
    ByteBuffer bytes = ByteBuffer.allocate(numbers.length * TiffField.unit(type)).order(order);
    for (Number number : numbers) {
      switch (type) {
        case 11 -> bytes.putFloat(number.floatValue());
        case 12 -> bytes.putDouble(number.doubleValue());
        case 3, 8 -> bytes.putShort(number.shortValue());
        case 1, 6, 7 -> bytes.put(number.byteValue());
        case 16, 17, 18 -> bytes.putLong(number.longValue());
        default -> bytes.putInt(number.intValue());
      }
    }
    return new Values(type, bytes.capacity() / size, bytes.array());
  }

  private static Values text(String text) {
    byte[] bytes = (text + "\0").getBytes(StandardCharsets.ISO_8859_1);
    return new Values(TiffField.ASCII, bytes.length, bytes);
  }

  /** A grey picture of two pixels with these tags too, and other directories behind the first. */
  private Path file(ByteOrder order, Map<Integer, Values> tags, int... subfileTypes)
      throws Exception {
    Map<Integer, Values> all = new TreeMap<>(tags);
    int data = 4096;
    all.put(TiffTags.WIDTH, values(order, 4, 2));
    all.put(TiffTags.HEIGHT, values(order, 4, 1));
    all.put(TiffTags.BITS_PER_SAMPLE, values(order, 3, 32));
    all.put(TiffTags.PHOTOMETRIC, values(order, 3, 1));
    all.put(TiffTags.STRIP_OFFSETS, values(order, 4, data));
    all.put(TiffTags.STRIP_BYTE_COUNTS, values(order, 4, 8));
    all.put(TiffTags.SAMPLE_FORMAT, values(order, 3, 3));
    ByteBuffer file = ByteBuffer.allocate(data + 8).order(order);
    file.put((byte) (order == ByteOrder.BIG_ENDIAN ? 'M' : 'I')).put(file.get(0));
    file.putShort((short) 42).putInt(8);
    int free = directory(file, all, 2048);
    for (int type : subfileTypes) {
      file.putInt(free);
      file.position(free);
      free = directory(file, Map.of(TiffTags.NEW_SUBFILE_TYPE, values(order, 4, type)), free);
    }
    file.putFloat(data, 0.5f).putFloat(data + 4, 4);
    return Files.write(folder.resolve("in.tif"), file.array());
  }

  /** Returns what comes behind it and its values. */
  private static int directory(ByteBuffer file, Map<Integer, Values> tags, int start) {
    int free = Math.max(start, file.position() + 2 + 12 * tags.size() + 4);
    file.putShort((short) tags.size());
    for (Map.Entry<Integer, Values> entry : tags.entrySet()) {
      Values values = entry.getValue();
      file.putShort(entry.getKey().shortValue()).putShort((short) values.type());
      file.putInt(values.count());
      if (values.bytes().length <= 4) {
        file.put(values.bytes()).put(new byte[4 - values.bytes().length]);
      } else {
        file.putInt(free).put(free, values.bytes());
        free += values.bytes().length;
      }
    }
    return free;
  }

  private static Map<Integer, Values> tags(ByteOrder order) {
    return Map.of(
        305, text("a program"),
        33550, values(order, 12, 30.5, 30.5, 0),
        33922, values(order, 12, 0, 0, 0, 5e5, 4e6, 0),
        34735, values(order, 3, 1, 1, 0, 1, 1024, 0, 1, 1),
        42112, text("<GDALMetadata></GDALMetadata>"),
        42113, text("-9999"),
        65000, values(order, 8, -1, 2, 300),
        65001, values(order, 10, -1, 3),
        65002, values(order, 11, 0.1f),
        65003, values(order, 7, 1, 2, 3));
  }

  private static final int EXIF_AT = 3000;

  @Test
  void exposureSettingsAreReadFromTheExifDirectory() throws Exception {
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      Path in = file(order, Map.of(TiffTags.EXIF, values(order, 4, EXIF_AT)));
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(in)).order(order).position(EXIF_AT);
      int unused =
          directory(
              bytes,
              new TreeMap<>(
                  Map.of(
                      33434, values(order, 5, 1, 250),
                      33437, values(order, 5, 56, 10),
                      34855, values(order, 3, 400),
                      37380, values(order, 10, -1, 3),
                      40961, values(order, 3, 1))),
              3500);
      Files.write(in, bytes.array());
      assertEquals(
          Map.of(
              "Exif IFD", "3000",
              "Exif:ExposureTime", "1/250",
              "Exif:FNumber", "56/10",
              "Exif:PhotographicSensitivity", "400",
              "Exif:ExposureBiasValue", "-1/3"),
          attributes(in));
    }
  }

  @Test
  void anExifDirectoryThatIsDamagedIsLeftOut() throws Exception {
    ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    for (long offset : new long[] {0, 1, 4095, 5000, 0xffff_ffffL}) {
      Path in = file(order, Map.of(TiffTags.EXIF, values(order, 4, offset)));
      assertEquals(List.of("Exif IFD"), List.copyOf(attributes(in).keySet()), "at " + offset);
    }
    Path text = file(order, Map.of(TiffTags.EXIF, text("no offset")));
    assertEquals(Map.of("Exif IFD", "no offset"), attributes(text));
  }

  private static Map<String, String> attributes(Path file) throws Exception {
    try (ImageSource source = Formats.open(file)) {
      return source.info().parts().getFirst().attributes();
    }
  }

  @Test
  void tagsAreCarriedWithTheirTypesAndValuesWhateverTheByteOrder() throws Exception {
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      Path in = file(order, tags(order));
      Path out = folder.resolve("out.tif");
      assertEquals(List.of(), Pass.convert(in, out));
      try (InputFile written = InputFile.open(out)) {
        TiffDirectory directory = TiffDirectory.read(written);
        tags(ByteOrder.LITTLE_ENDIAN)
            .forEach((tag, values) -> {
              TiffField field = java.util.Objects.requireNonNull(directory.get(tag), "tag " + tag);
              assertEquals(values.type(), field.type());
              assertEquals(values.count(), field.count());
              assertArrayEquals(values.bytes(), field.bytes().toArray(ValueLayout.JAVA_BYTE));
            });
      }
    }
  }

  /** Other readers give the picture, too: samples do not depend on it. */
  @Test
  void aDamagedColourProfileDamagesNoSample() throws Exception {
    ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    Number[] junk = java.util.stream.IntStream.range(0, 200).boxed().toArray(Number[]::new);
    Path in = file(order, Map.of(34675, values(order, 7, junk)));
    Path out = folder.resolve("out.pfm");
    Pass.convert(in, out);
    byte[] bytes = Files.readAllBytes(out);
    ByteBuffer samples = ByteBuffer.wrap(bytes, bytes.length - 8, 8).order(order);
    assertEquals(0.5f, samples.getFloat());
    assertEquals(4f, samples.getFloat());
  }

  @Test
  void tagsThatWouldBeFalseOrLeadAstrayAreNamedAndNotCarried() throws Exception {
    ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    Map<Integer, Values> tags =
        Map.of(
            330, values(order, 4, 8),
            340, values(order, 11, 0.5f),
            34665, values(order, 4, 8),
            65010, values(order, 13, 8),
            65011, text("carried"));
    Path out = folder.resolve("out.tif");
    assertEquals(
        List.of("not kept of the source: SubIFDs, SMinSampleValue, Exif IFD, tag 65010"),
        Pass.convert(file(order, tags), out));
    try (ImageSource source = Formats.open(out)) {
      assertEquals(Map.of("tag 65011", "carried"), source.info().parts().getFirst().attributes());
    }
  }

  @Test
  void valuesThatOnlyBigTiffHasMakeABigFile() throws Exception {
    ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    byte[] header =
        new TiffHeader(
                2,
                1,
                1,
                4,
                List.of(
                    new TiffField(
                        65000,
                        TiffField.LONG8,
                        1,
                        java.lang.foreign.MemorySegment.ofArray(new byte[8]),
                        order)))
            .write();
    assertEquals(43, header[2]);
  }

  @Test
  void smallerCopiesAndMasksAreNotedAndOtherPicturesRefused() throws Exception {
    Path in = file(ByteOrder.BIG_ENDIAN, Map.of(), 1, 4, 5);
    try (ImageSource source = Formats.open(in)) {
      assertEquals(4, Pass.samples(source)[0][1][0]);
      assertTrue(source.notes().getFirst().endsWith("not read, and not kept: 3"));
    }
    Problem.input(
        "several pictures", () -> Formats.open(file(ByteOrder.LITTLE_ENDIAN, Map.of(), 1, 0)));
    byte[] circle = Files.readAllBytes(file(ByteOrder.LITTLE_ENDIAN, Map.of()));
    ByteBuffer.wrap(circle).order(ByteOrder.LITTLE_ENDIAN).putInt(8 + 2 + 7 * 12, 8);
    Path round = Files.write(folder.resolve("round.tif"), circle);
    Problem.input("directories", () -> Formats.open(round));
  }
}
