package stops.exr.codec;

import java.util.Objects;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Compresses and decompresses zlib streams of a known uncompressed size. */
final class Zlib implements AutoCloseable {
  /** The compression level of OpenEXR since 3.2. */
  private static final int LEVEL = 4;

  private static final int CHECK_BYTES = 1 << 16;

  private final int level;
  private final byte[] excess = new byte[1];
  private @Nullable Inflater inflater;
  private @Nullable Deflater deflater;

  /** Streams of the usual level. */
  Zlib() {
    this(LEVEL);
  }

  /**
   * Streams of a level.
   *
   * @param level of compression, from 1 to 9
   */
  Zlib(int level) {
    this.level = level;
  }

  /**
   * Inflates exactly {@code count} bytes. Empty input is valid for a {@code count} of 0.
   *
   * @param name the name of the data in messages
   * @param out receives the bytes from 0
   */
  void inflate(String name, byte[] in, int from, int size, byte[] out, int count)
      throws ExrException {
    if (size == 0 && count == 0) {
      return;
    }
    start(in, from, size);
    int done = 0;
    while (done < count) {
      int step = step(name, out, done, count - done);
      if (step == 0) {
        throw endsEarly(name);
      }
      done += step;
    }
    finish(name);
  }

  /** Checks in little memory whether {@link #inflate} would succeed. */
  void check(String name, byte[] in, int from, int size, long count) throws ExrException {
    if (size == 0 && count == 0) {
      return;
    }
    start(in, from, size);
    byte[] piece = new byte[CHECK_BYTES];
    long done = 0;
    while (done < count) {
      int step = step(name, piece, 0, (int) Math.min(piece.length, count - done));
      if (step == 0) {
        throw endsEarly(name);
      }
      done += step;
    }
    finish(name);
  }

  private void start(byte[] in, int from, int size) {
    if (inflater == null) {
      inflater = new Inflater();
    }
    inflater.reset();
    inflater.setInput(in, from, size);
  }

  private int step(String name, byte[] out, int at, int count) throws ExrException {
    try {
      return Objects.requireNonNull(inflater).inflate(out, at, count);
    } catch (DataFormatException e) {
      String detail = e.getMessage();
      throw new ExrException(name + " data is damaged" + (detail == null ? "" : ": " + detail));
    }
  }

  private void finish(String name) throws ExrException {
    if (step(name, excess, 0, 1) > 0) {
      throw new ExrException(name + " data holds more than the block");
    }
    if (!Objects.requireNonNull(inflater).finished()) {
      throw endsEarly(name);
    }
  }

  private static ExrException endsEarly(String name) {
    return new ExrException(name + " data ends early");
  }

  /**
   * Deflates {@code size} bytes.
   *
   * @param limit largest useful size in bytes
   * @return number of bytes written to {@code out}, or -1 if more than {@code limit} are needed
   */
  int deflate(byte[] in, int size, byte[] out, int limit) {
    return deflate(in, size, out, 0, limit);
  }

  /** Deflates {@code size} bytes to {@code out} from {@code at} on. */
  int deflate(byte[] in, int size, byte[] out, int at, int limit) {
    if (deflater == null) {
      deflater = new Deflater(level);
    }
    deflater.reset();
    deflater.setInput(in, 0, size);
    deflater.finish();
    int done = 0;
    while (done < limit) {
      done += deflater.deflate(out, at + done, limit - done);
      if (deflater.finished()) {
        return done;
      }
    }
    return -1;
  }

  @Override
  public void close() {
    if (inflater != null) {
      inflater.end();
      inflater = null;
    }
    if (deflater != null) {
      deflater.end();
      deflater = null;
    }
  }
}
