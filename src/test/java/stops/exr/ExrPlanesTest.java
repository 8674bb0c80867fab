package stops.exr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import stops.exr.codec.BlockLayout;
import stops.exr.codec.Compression;
import stops.exr.codec.ExrChannel;
import stops.exr.codec.ExrException;
import stops.exr.codec.PixelType;

/** Reading and writing with planes gives the same samples as with chunks in file order. */
class ExrPlanesTest {
  private static final List<ExrChannel> ALL_TYPES =
      List.of(
          ExrChannel.of("A", PixelType.FLOAT),
          ExrChannel.of("R", PixelType.HALF),
          ExrChannel.of("id", PixelType.UINT));
  private static final List<ExrChannel> SUBSAMPLED =
      List.of(
          new ExrChannel("BY", PixelType.HALF, false, 2, 2),
          new ExrChannel("RY", PixelType.HALF, true, 3, 6),
          new ExrChannel("Y", PixelType.FLOAT, false, 1, 1));
  private static final Box AWKWARD = new Box(-7, -13, 33, 57);
  private static final Box DIVISIBLE = new Box(-6, -6, 29, 65);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = {"NONE", "RLE", "ZIPS", "ZIP", "PIZ", "PXR24"})
  void oddWidthsAndAllTypesAtOnce(Compression compression) throws Exception {
    assertAlike(ExrHeader.scanlines(AWKWARD, AWKWARD, ALL_TYPES, compression));
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "RLE", "ZIPS", "ZIP", "PIZ", "PXR24"})
  void subsampledChannels(Compression compression) throws Exception {
    assertAlike(ExrHeader.scanlines(DIVISIBLE, DIVISIBLE, SUBSAMPLED, compression));
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "RLE", "ZIPS", "ZIP", "PIZ", "PXR24"})
  void onePixel(Compression compression) throws Exception {
    Box pixel = new Box(5, 5, 5, 5);
    assertAlike(ExrHeader.scanlines(pixel, pixel, ALL_TYPES, compression));
  }

  @ParameterizedTest
  @EnumSource(Tiling.Levels.class)
  void tilesOfAllLevels(Tiling.Levels levels) throws Exception {
    List<Attribute> attributes =
        new ArrayList<>(
            ExrHeader.scanlines(AWKWARD, AWKWARD, ALL_TYPES, Compression.ZIP).attributes());
    attributes.add(HostileFile.tiles(13, 11, levels.ordinal()));
    ExrHeader header = ExrHeader.of(attributes, true);
    assertAlike(header);
  }

  @ParameterizedTest
  @EnumSource(names = {"RLE", "ZIPS", "ZIP", "PIZ"})
  void noiseThatStaysAsItIs(Compression compression) throws Exception {
    ExrHeader header = ExrHeader.scanlines(AWKWARD, AWKWARD, ALL_TYPES, compression);
    List<byte[]> noise = new ArrayList<>();
    ChunkGrid grid = ChunkGrid.of(header);
    SplittableRandom random = new SplittableRandom(8);
    for (int chunk = 0; chunk < grid.count(); chunk++) {
      byte[] raw = new byte[(int) grid.layout(chunk).bytes()];
      random.nextBytes(raw);
      noise.add(raw);
    }
    Path file = assertAlike(header, noise);
    long samples = noise.stream().mapToLong(raw -> raw.length).sum();
    assertTrue(Files.size(file) > samples, "packed after all");
  }

  @Test
  void blocksWithoutSamples() throws Exception {
    // Each row is a chunk of its own. Odd rows have no samples.
    List<ExrChannel> channels = List.of(new ExrChannel("BY", PixelType.HALF, false, 2, 2));
    assertAlike(ExrHeader.scanlines(DIVISIBLE, DIVISIBLE, channels, Compression.ZIPS));
  }

  @ParameterizedTest
  @CsvSource({"ZIP", "RLE", "PIZ", "NONE"})
  void damageEndsAlikeAndBeforeThereAreAnyPlanes(Compression compression) throws Exception {
    ExrHeader header = ExrHeader.scanlines(AWKWARD, AWKWARD, ALL_TYPES, compression);
    Path path = folder.resolve("sound.exr");
    SampleFile.write(path, header);
    byte[] sound = Files.readAllBytes(path);
    SplittableRandom random = new SplittableRandom(9);
    int refused = 0;
    for (int i = 0; i < 2_000; i++) {
      byte[] file = sound.clone();
      int start = file.length / 10;
      file[start + random.nextInt(file.length - start)] ^= (byte) (1 << random.nextInt(8));
      try (ExrReader reader = ExrReader.open(file)) {
        for (int chunk = 0; chunk < reader.grid(0).count(); chunk++) {
          refused += readsAlike(reader, chunk) ? 0 : 1;
        }
      } catch (ExrException theHeaderIsDamaged) {
        refused++;
      }
    }
    assertTrue(refused > 0 || compression == Compression.NONE, "all was read");
  }

  /** Reads a chunk in both ways and requires the same result. Returns whether it can be read. */
  private static boolean readsAlike(ExrReader reader, int chunk) throws IOException {
    byte[] expected;
    try {
      expected = SampleFile.read(reader, 0, chunk);
    } catch (ExrException problem) {
      ExrException other =
          assertThrows(
              ExrException.class,
              () ->
                  reader.read(
                      0,
                      chunk,
                      layout -> {
                        throw new AssertionError("asked for planes");
                      }));
      assertEquals(problem.getMessage(), other.getMessage());
      return false;
    }
    try (Arena arena = Arena.ofConfined()) {
      assertArrayEquals(expected, planesAsRaw(reader, chunk, arena));
    } catch (ExrException e) {
      throw new AssertionError(e);
    }
    return true;
  }

  @Test
  void anErrorOfWhoeverGivesThePlanesIsNotTakenForDamage() throws Exception {
    Path path = folder.resolve("a.exr");
    SampleFile.write(path, ExrHeader.scanlines(AWKWARD, AWKWARD, ALL_TYPES, Compression.ZIP));
    try (ExrReader reader = ExrReader.open(path)) {
      IndexOutOfBoundsException mine = new IndexOutOfBoundsException("no memory");
      IndexOutOfBoundsException thrown =
          assertThrows(
              IndexOutOfBoundsException.class,
              () ->
                  reader.read(
                      0,
                      0,
                      layout -> {
                        throw mine;
                      }));
      assertEquals(mine, thrown);
      try (Arena arena = Arena.ofConfined()) {
        byte[] raw = planesAsRaw(reader, 0, arena);
        assertArrayEquals(SampleFile.samples(reader.grid(0).layout(0), 0), raw);
      }
    }
  }

  private void assertAlike(ExrHeader header) throws IOException, ExrException {
    ChunkGrid grid = ChunkGrid.of(header);
    List<byte[]> chunks = new ArrayList<>();
    for (int chunk = 0; chunk < grid.count(); chunk++) {
      chunks.add(SampleFile.samples(grid.layout(chunk), 0));
    }
    assertFalse(chunks.isEmpty());
    assertAlike(header, chunks);
  }

  private Path assertAlike(ExrHeader header, List<byte[]> chunks) throws IOException, ExrException {
    Path rows = folder.resolve("rows.exr");
    SampleFile.write(
        rows,
        List.of(header),
        false,
        SampleFile.ChunkOrder.INCREASING,
        (part, chunk) -> chunks.get(chunk));
    Path planes = folder.resolve("planes.exr");
    try (Arena arena = Arena.ofConfined()) {
      writePlanes(planes, header, chunks, arena);
      assertEquals(-1, Files.mismatch(rows, planes), "written out of planes");
      try (ExrReader reader = ExrReader.open(rows)) {
        for (int chunk = 0; chunk < chunks.size(); chunk++) {
          byte[] expected = SampleFile.read(reader, 0, chunk);
          assertArrayEquals(expected, planesAsRaw(reader, chunk, arena), "chunk " + chunk);
        }
      }
    }
    return rows;
  }

  private static void writePlanes(Path path, ExrHeader header, List<byte[]> chunks, Arena arena)
      throws IOException, ExrException {
    try (FileChannel channel =
            FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        ExrWriter writer = ExrWriter.create(ExrOutput.of(channel), List.of(header), false)) {
      for (int chunk = 0; chunk < chunks.size(); chunk++) {
        BlockLayout layout = writer.grid(0).layout(chunk);
        writer.write(0, chunk, PlaneSamples.of(layout, chunks.get(chunk), arena));
      }
      writer.finish();
    }
  }

  private static byte[] planesAsRaw(ExrReader reader, int chunk, Arena arena)
      throws IOException, ExrException {
    BlockLayout layout = reader.grid(0).layout(chunk);
    List<MemorySegment> planes = PlaneSamples.room(layout, arena);
    reader.read(0, chunk, asked -> planes);
    return PlaneSamples.raw(layout, planes);
  }
}
