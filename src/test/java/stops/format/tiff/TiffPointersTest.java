package stops.format.tiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import stops.format.Pass;
import stops.format.Problem;
import stops.image.ImageSource;

/**
 * Tags that lead elsewhere in a file, in circles, chains and trees, or that claim all of it. The
 * samples are read past them.
 */
class TiffPointersTest {
  private static final TiffFormat TIFF = new TiffFormat();
  private static final int FIRST = 8;
  private static final int DATA = 4096;
  private static final int BEHIND = DATA + 8;
  private static final int LONG = 4;

  @TempDir Path folder = Path.of("");

  /** A value of a tag: so many of a type, inline or at an offset. */
  private record Value(int type, int count, int value) {}

  /** A grey picture of the samples 0.5 and 4 with these tags too, and {@code behind} behind it. */
  private Path file(Map<Integer, Value> tags, int next, byte... behind) throws Exception {
    Map<Integer, Value> all = new TreeMap<>(tags);
    all.put(TiffTags.WIDTH, new Value(LONG, 1, 2));
    all.put(TiffTags.HEIGHT, new Value(LONG, 1, 1));
    all.put(TiffTags.BITS_PER_SAMPLE, new Value(3, 1, 32));
    all.put(TiffTags.PHOTOMETRIC, new Value(3, 1, 1));
    all.put(TiffTags.STRIP_OFFSETS, new Value(LONG, 1, DATA));
    all.put(TiffTags.STRIP_BYTE_COUNTS, new Value(LONG, 1, 8));
    all.put(TiffTags.SAMPLE_FORMAT, new Value(3, 1, 3));
    ByteBuffer file = ByteBuffer.allocate(BEHIND + behind.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(FIRST);
    directory(file, all, next);
    file.position(DATA).putFloat(0.5f).putFloat(4).put(behind);
    return Files.write(folder.resolve("in.tif"), file.array());
  }

  private static void directory(ByteBuffer file, Map<Integer, Value> tags, int next) {
    file.putShort((short) tags.size());
    tags.forEach((tag, value) ->
        file.putShort(tag.shortValue())
            .putShort((short) value.type())
            .putInt(value.count())
            .putInt(value.value()));
    file.putInt(next);
  }

  private static void assertIsRead(Path file) throws Exception {
    double[][][] samples = Pass.samples(file);
    assertEquals(0.5, samples[0][0][0]);
    assertEquals(4, samples[0][1][0]);
  }

  @ParameterizedTest
  @CsvSource({"330,4", "330,13", "34665,4", "34853,4", "40965,4", "400,4"})
  void pointersToTheDirectoryThatHasThem(int tag, int type) throws Exception {
    assertIsRead(file(Map.of(tag, new Value(type, 1, FIRST)), 0));
  }

  @ParameterizedTest
  @CsvSource({"330", "34665"})
  void directoriesThatLeadToOneAnotherWithoutEnd(int tag) throws Exception {
    int count = 20_000;
    ByteBuffer chain = ByteBuffer.allocate(18 * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      int other = i == count - 1 ? FIRST : BEHIND + 18 * (i + 1);
      directory(chain, Map.of(tag, new Value(LONG, 1, other)), 0);
    }
    assertIsRead(file(Map.of(tag, new Value(LONG, 1, BEHIND)), 0, chain.array()));
  }

  /** There are 2^40 ways through this one. */
  @Test
  void directoriesThatLeadToTheSameOnesTwice() throws Exception {
    int count = 40;
    ByteBuffer tree = ByteBuffer.allocate(26 * count + 18).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      int pointers = BEHIND + 26 * i + 18;
      directory(tree, Map.of(330, new Value(LONG, 2, pointers)), 0);
      tree.putInt(BEHIND + 26 * (i + 1)).putInt(BEHIND + 26 * (i + 1));
    }
    directory(tree, Map.of(254, new Value(LONG, 1, 1)), 0);
    assertIsRead(file(Map.of(330, new Value(LONG, 1, BEHIND)), 0, tree.array()));
  }

  @Test
  void directoriesBehindOneAnotherInACircle() throws Exception {
    Path file = file(Map.of(), FIRST);
    Problem.input("more than 256 TIFF directories, or a circle", () -> TIFF.open(file));
  }

  @Test
  void aCircleOfMasksBehindThePicture() throws Exception {
    ByteBuffer mask = ByteBuffer.allocate(18).order(ByteOrder.LITTLE_ENDIAN);
    directory(mask, Map.of(TiffTags.NEW_SUBFILE_TYPE, new Value(LONG, 1, 4)), BEHIND);
    Path file = file(Map.of(), BEHIND, mask.array());
    Problem.input("more than 256 TIFF directories, or a circle", () -> TIFF.open(file));
  }

  /** Each tag has the same 64 MiB of the file, which nobody has to read for the samples. */
  @Test
  void tagsThatClaimAllOfTheFileTakeNoMemory() throws Exception {
    Map<Integer, Value> tags = new TreeMap<>();
    for (int tag = 700; tag < 900; tag++) {
      tags.put(tag, new Value(tag % 2 == 0 ? 1 : 3, tag % 2 == 0 ? 64 << 20 : 32 << 20, FIRST));
    }
    Path file = longer(file(tags, 0), 65L << 20);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    assertIsRead(file);
    long before = threads.getCurrentThreadAllocatedBytes();
    assertIsRead(file);
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(bytes < 32 << 20, () -> "takes " + bytes);
  }

  @Test
  void tagsOfGigabytesAreToldBySizeAndATextOfThemIsRefusedIfItMatters() throws Exception {
    Value large = new Value(7, (int) 2_500_000_000L, FIRST);
    Path file = longer(file(Map.of(34675, large), 0), 2_600_000_000L);
    try (ImageSource source = TIFF.open(file)) {
      assertEquals(
          "2500000000 bytes", source.info().parts().getFirst().attributes().get("ICCProfile"));
    }
    assertIsRead(file);
    Value text = new Value(TiffField.ASCII, (int) 2_500_000_000L, FIRST + 3);
    Path software = longer(file(Map.of(305, text), 0), 2_600_000_000L);
    try (ImageSource source = TIFF.open(software)) {
      String shown = source.info().parts().getFirst().attributes().get("Software");
      assertTrue(shown != null && shown.endsWith("… (2500000000 bytes in all)"), shown);
    }
    Path described = longer(file(Map.of(TiffTags.DESCRIPTION, text), 0), 2_600_000_000L);
    Problem.input("an ImageDescription of 2500000000 bytes", () -> TIFF.open(described));
  }

  @Test
  void aNumberForEachChannelIsNotOneForEachByteOfTheFile() throws Exception {
    Map<Integer, Value> tags = Map.of(TiffTags.EXTRA_SAMPLES, new Value(3, 1 << 20, FIRST));
    Path file = longer(file(tags, 0), 4 << 20);
    Problem.input("claims 1048576 values in TIFF tag 338", () -> TIFF.open(file));
  }

  /** The file with a hole at its end. */
  private static Path longer(Path file, long bytes) throws Exception {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(1), bytes - 1);
    }
    return file;
  }
}
