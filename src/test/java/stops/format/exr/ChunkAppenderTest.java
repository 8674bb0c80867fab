package stops.format.exr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

  /** Adds chunks by the letters of their numbers. */
  private String written(long mostWaiting, String letters, long... offsets) throws Exception {
    Path path = Files.writeString(folder.resolve("file"), "..");
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      ChunkAppender appender = new ChunkAppender(channel, 2, offsets.length, mostWaiting);
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
