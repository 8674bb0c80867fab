package stops.format.exr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkAppenderTest {
  @TempDir Path folder;

  @Test
  void whatComesEarlyWaitsForWhatIsBeforeIt() throws Exception {
    assertEquals("..<a><b><c><d>", written(100, "cbda", 2, 5, 8, 11));
  }

  @Test
  void whatWaitsTooLongIsWrittenAsItCame() throws Exception {
    // three may wait; the fourth makes the first of them go, and with it those that follow
    assertEquals("..<b><c><d><e><a>", written(9, "edcba", 14, 2, 5, 8, 11));
  }

  @Test
  void whatNeverCameHasNoPlace() throws Exception {
    assertEquals("..<a><c>", written(100, "ca", 2, 0, 5));
  }

  @Test
  void whatIsWrittenBeginsAtWholePiecesInTheFileAndInMemory() throws Exception {
    int start = 70_001;
    byte[] chunk = new byte[700_000];
    new Random(1).nextBytes(chunk);
    int count = 10;
    byte[] file = new byte[start + count * (1 + chunk.length)];
    List<Long> positions = new ArrayList<>();
    ExrOutput output =
        (bytes, position) -> {
          long misplaced = MemorySegment.ofBuffer(bytes).address() - position & 0xfff;
          assertEquals(0, misplaced, "a page of the file is a page of memory");
          positions.add(position);
          bytes.get(file, (int) position, bytes.remaining());
        };
    ChunkAppender appender = new ChunkAppender(output, start, count, 0);
    for (int number = 0; number < count; number++) {
      ByteBuffer frame = ByteBuffer.wrap(new byte[] {(byte) number});
      appender.add(number, frame, chunk, chunk.length);
    }
    long[] offsets = appender.finish();
    long piece = ChunkAppender.PIECE_BYTES;
    assertEquals(List.of((long) start, piece, 2 * piece, 3 * piece), positions);
    for (int number = 0; number < count; number++) {
      int at = start + number * (1 + chunk.length);
      assertEquals(at, offsets[number]);
      assertEquals(number, file[at]);
      assertEquals(-1, Arrays.mismatch(chunk, Arrays.copyOfRange(file, at + 1, at + 700_001)));
    }
  }

  /** Adds chunks by the letters of their numbers. */
  private String written(long mostWaiting, String letters, long... offsets) throws Exception {
    Path path = Files.writeString(folder.resolve("file"), "..");
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      ChunkAppender appender =
          new ChunkAppender(ExrOutput.of(channel), 2, offsets.length, mostWaiting);
      for (char letter : letters.toCharArray()) {
        ByteBuffer frame = ByteBuffer.wrap(new byte[] {'<'});
        byte[] data = (letter + ">and more").getBytes(StandardCharsets.US_ASCII);
        appender.add(letter - 'a', frame, data, 2);
      }
      assertArrayEquals(offsets, appender.finish());
    }
    return Files.readString(path);
  }
}
