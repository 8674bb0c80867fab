package stops.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import stops.Required;

/** Large files, which are written past the page cache as far as whole blocks go. */
class BlockWriterTest {
  private static final long LARGE = 1L << 30;
  private static final long MIB = 1L << 20;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "0, 0, 4194304",
    "0, 0, 4194303",
    "0, 64, 9000000",
    "4096, 128, 1048576",
    "128, 0, 4194304",
    "128, 128, 4194304",
    "1, 4095, 1052673",
    "13, 7, 5000001",
    "65535, 1, 1048577"
  })
  void whatIsWrittenInPiecesInAnyOrderIsTheFile(long header, long misplaced, long pieceBytes)
      throws Exception {
    Path target = folder.resolve("large.raw");
    try (Arena arena = Arena.ofConfined()) {
      int pieces = 3;
      long all = header + pieces * pieceBytes;
      MemorySegment expected = arena.allocate(all + misplaced, 4096).asSlice(misplaced);
      SplittableRandom random = new SplittableRandom(1);
      for (long i = 0; i < all; i++) {
        expected.set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt());
      }
      try (AtomicFile file = AtomicFile.create(target)) {
        file.expect(LARGE);
        for (int piece : new int[] {2, 0, 1}) {
          long at = header + piece * pieceBytes;
          file.write(expected.asSlice(at, pieceBytes), at);
        }
        file.write(expected.asSlice(0, header), 0);
        file.commit();
      }
      assertEquals(all, Files.size(target));
      try (FileChannel written = FileChannel.open(target)) {
        MemorySegment found = written.map(FileChannel.MapMode.READ_ONLY, 0, all, arena);
        assertEquals(-1, found.mismatch(expected));
      }
    }
  }

  /**
   * As EXR files are written: packed parts one after the other, and at last a table before them.
   */
  @Test
  void whatIsWrittenLastBeforeLargePiecesStays() throws Exception {
    Path target = folder.resolve("large.exr");
    byte[] expected = new byte[9_000_001];
    new SplittableRandom(2).nextBytes(expected);
    int start = 70_001;
    int piece = 1 << 21;
    try (Arena arena = Arena.ofConfined();
        AtomicFile file = AtomicFile.create(target)) {
      file.expectAbout(LARGE);
      MemorySegment all = arena.allocate(expected.length, 4096);
      file.write(all.asSlice(0, start), 0);
      all.copyFrom(MemorySegment.ofArray(expected));
      for (int at = start; at < expected.length; at = (at / piece + 1) * piece) {
        int end = Math.min(expected.length, (at / piece + 1) * piece);
        file.write(all.asSlice(at, end - at), at);
      }
      file.write(all.asSlice(0, start), 0);
      file.commit();
    }
    assertEquals(-1, Arrays.mismatch(expected, Files.readAllBytes(target)));
  }

  @Test
  void onlyLargeFilesAreWrittenPastTheCache() throws Exception {
    try (AtomicFile file = AtomicFile.create(folder.resolve("a"))) {
      assertFalse(file.waitsForDisk());
      file.expect(MIB);
      assertFalse(file.waitsForDisk());
      file.expect(LARGE);
      Required.machine(
          BlockWriter.open(Files.createFile(folder.resolve("b"))).isPresent(),
          "this file system knows no writing past the cache");
      assertTrue(file.waitsForDisk());
    }
  }

  @Test
  void aFileSystemThatRefusesIsWrittenTheUsualWay() throws Exception {
    Path target = folder.resolve("a");
    try (Arena arena = Arena.ofConfined();
        AtomicFile file = AtomicFile.create(target)) {
      file.expect(LARGE);
      Required.machine(file.waitsForDisk(), "this file system knows no writing past the cache");
      file.blocks().orElseThrow().close();
      MemorySegment bytes = arena.allocate(3 * MIB, 4096).fill((byte) 7);
      file.write(bytes, 0);
      assertFalse(file.waitsForDisk());
      file.commit();
      byte[] found = Files.readAllBytes(target);
      assertEquals(-1, MemorySegment.ofArray(found).mismatch(bytes));
    }
  }

  @Test
  void closingTwiceIsHarmless() throws IOException {
    BlockWriter.open(Files.createFile(folder.resolve("a")))
        .ifPresent(writer -> {
          writer.close();
          writer.close();
        });
  }
}
