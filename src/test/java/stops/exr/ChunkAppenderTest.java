package stops.exr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.Await;

class ChunkAppenderTest {
  @TempDir Path folder;

  @Test
  void whatComesEarlyWaitsForWhatIsBeforeIt() throws Exception {
    assertEquals("..<a><b><c><d>", written(100, "cbda", 2, 5, 8, 11));
  }

  /** OpenEXR's reader requires that chunks follow one another in the file. */
  @Test
  void whoeverIsTooFarAheadWaits() throws Exception {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ExrOutput output =
        (bytes, position) -> {
          byte[] written = new byte[bytes.remaining()];
          bytes.get(written);
          file.writeBytes(written);
        };
    ChunkAppender appender = new ChunkAppender(output, 0, 5, 9);
    Thread ahead = Thread.ofPlatform().start(() -> add(appender, "edcb"));
    while (ahead.getState() != Thread.State.WAITING && ahead.isAlive()) {
      Thread.onSpinWait();
    }
    assertTrue(ahead.isAlive(), "it has not waited");
    add(appender, "a");
    ahead.join();
    assertArrayEquals(new long[] {0, 3, 6, 9, 12}, appender.finish());
    assertEquals("<a><b><c><d><e>", file.toString(StandardCharsets.US_ASCII));
  }

  @Test
  void whoeverWaitsCanBeInterrupted() throws Exception {
    ChunkAppender appender = new ChunkAppender((bytes, position) -> {}, 0, 5, 2);
    AtomicBoolean ended = new AtomicBoolean();
    Thread ahead =
        Thread.ofPlatform()
            .start(() -> {
              assertThrows(UncheckedIOException.class, () -> add(appender, "b"));
              ended.set(Thread.currentThread().isInterrupted());
            });
    ahead.interrupt();
    ahead.join();
    assertTrue(ended.get());
  }

  @Test
  void othersAddTheirsWhileTheDiskIsSlow() throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ExrOutput slow =
        (bytes, position) -> {
          writing.countDown();
          awaitQuietly(release);
          byte[] written = new byte[bytes.remaining()];
          bytes.get(written);
          file.writeBytes(written);
        };
    ChunkAppender appender = new ChunkAppender(slow, 0, 3, 100);
    int pieceBytes = ChunkAppender.PIECE_BYTES;
    Thread writer =
        Thread.ofPlatform()
            .start(() -> {
              try {
                appender.add(0, ByteBuffer.allocate(0), new byte[pieceBytes], pieceBytes);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    writing.await();
    Thread other = Thread.ofPlatform().start(() -> add(appender, "cb"));
    try {
      Await.until("the other has added its own", () -> !other.isAlive());
    } finally {
      release.countDown();
    }
    writer.join();
    assertArrayEquals(new long[] {0, pieceBytes, pieceBytes + 3}, appender.finish());
    assertEquals("<b><c>", file.toString(StandardCharsets.US_ASCII).substring(pieceBytes));
  }

  @Test
  void whoeverWaitsForAWriterThatFailsFailsToo() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    ExrOutput broken =
        (bytes, position) -> {
          awaitQuietly(release);
          throw new IOException("no space");
        };
    ChunkAppender appender = new ChunkAppender(broken, 0, 3, 2);
    FutureTask<IOException> waits =
        new FutureTask<>(() -> {
          UncheckedIOException thrown =
              assertThrows(UncheckedIOException.class, () -> add(appender, "b"));
          return thrown.getCause();
        });
    Thread ahead = Thread.ofPlatform().start(waits);
    Await.until("it waits", () -> ahead.getState() == Thread.State.WAITING);
    release.countDown();
    int pieceBytes = ChunkAppender.PIECE_BYTES;
    assertThrows(
        IOException.class,
        () -> appender.add(0, ByteBuffer.allocate(0), new byte[pieceBytes], pieceBytes));
    assertEquals("no space", waits.get().getMessage());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void add(ChunkAppender appender, String letters) {
    for (char letter : letters.toCharArray()) {
      ByteBuffer frame = ByteBuffer.wrap(new byte[] {'<'});
      byte[] data = (letter + ">and more").getBytes(StandardCharsets.US_ASCII);
      try {
        appender.add(letter - 'a', frame, data, 2);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
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

  /** Adds chunks in the order of {@code letters}; each letter stands for a chunk number. */
  private String written(long mostWaiting, String letters, long... offsets) throws Exception {
    Path path = Files.writeString(folder.resolve("file"), "..");
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      ChunkAppender appender =
          new ChunkAppender(ExrOutput.of(channel), 2, offsets.length, mostWaiting);
      add(appender, letters);
      assertArrayEquals(offsets, appender.finish());
    }
    return Files.readString(path);
  }
}
