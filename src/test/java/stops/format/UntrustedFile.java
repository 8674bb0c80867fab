package stops.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import stops.image.ImageException;
import stops.image.ImageFormat;
import stops.image.ImageSource;
import stops.image.Plane;
import stops.image.Strip;

/**
 * A file that may hold anything. Reading it has to end in samples or in an {@link ImageException}
 * of one line, in little memory; everything else fails the test.
 */
final class UntrustedFile implements AutoCloseable {
  /** What a file may take, off the heap or on it, on no more than its word. */
  private static final long MOST_BYTES = 64L << 20;

  /** What a byte of samples that are really there may take. */
  private static final int BYTES_PER_BYTE = 8;

  /** Samples after which the rest of a file that can be read is left alone. */
  private static final long ENOUGH_BYTES = 8L << 20;

  private static final int ENOUGH_STRIPS = 64;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Path path;
  private final FileChannel channel;

  UntrustedFile() {
    try {
      path = Files.createTempFile("untrusted", ".file");
      channel = FileChannel.open(path, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads {@code content} as a file of that format. */
  void read(ImageFormat format, byte[] content) {
    write(content);
    if (bytesTaken(format) > MOST_BYTES) {
      // The first time, classes may have been loaded.
      long bytes = bytesTaken(format);
      assertTrue(bytes <= MOST_BYTES, () -> "takes " + bytes + " bytes");
    }
  }

  /**
   * Reads the file. Returns the bytes taken to open it and to read a strip, at the most; of those
   * that are taken to read samples that are really there, a few for each are not counted.
   */
  private long bytesTaken(ImageFormat format) {
    Meter meter = new Meter();
    long opened = 0;
    long most = 0;
    try (ImageSource source = format.open(path)) {
      opened = meter.bytes();
      long done = 0;
      for (int i = 0; i < source.strips() && i < ENOUGH_STRIPS && done < ENOUGH_BYTES; i++) {
        meter = new Meter();
        long samples = readStrip(source, i, meter);
        most = Math.max(most, meter.bytes() - BYTES_PER_BYTE * samples);
        done += samples;
      }
      if (source.strips() > 0) {
        meter = new Meter();
        readStrip(source, source.strips() - 1, meter);
      }
    } catch (ImageException e) {
      checkError(e);
      most = Math.max(most, meter.bytes());
    }
    return opened + most;
  }

  /** Reads a strip; returns how many bytes of samples it has. */
  private static long readStrip(ImageSource source, int index, Meter meter) throws ImageException {
    try (Arena arena = Arena.ofConfined()) {
      Strip strip =
          source.read(
              index,
              (bytes, alignment) -> {
                meter.offHeap += bytes;
                assertTrue(
                    meter.offHeap <= source.stripBytes(),
                    () -> "a strip takes more than " + source.stripBytes());
                return arena.allocate(bytes, alignment);
              });
      long sum = 0;
      for (Plane plane : strip.planes()) {
        int sample =
            source.info().parts().get(strip.part()).channels().get(plane.firstChannel()).bytes();
        assertEquals(plane.count() * sample, plane.samples().byteSize());
        sum += plane.samples().byteSize();
      }
      return sum;
    }
  }

  /** One line of plain text, and no error of the virtual machine behind it. */
  private static void checkError(ImageException e) {
    String message = Objects.requireNonNull(e.getMessage());
    assertTrue(message.chars().noneMatch(Character::isISOControl), message);
    assertEquals(ImageException.Side.INPUT, e.side(), message);
    for (@Nullable Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof Error error) {
        throw error;
      }
    }
  }

  private void write(byte[] content) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes, bytes.position());
      }
      channel.truncate(content.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Counts the bytes that are taken from now on. */
  private static final class Meter {
    private final long before = THREADS.getCurrentThreadAllocatedBytes();
    private long offHeap;

    long bytes() {
      return THREADS.getCurrentThreadAllocatedBytes() - before + offHeap;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
