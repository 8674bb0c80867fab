package stops.format.exr;

import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Zlib streams that fill a known number of bytes. */
final class Zlib implements AutoCloseable {
  /** That of OpenEXR since 3.2. */
  private static final int LEVEL = 4;

  private final byte[] excess = new byte[1];
  private @Nullable Inflater inflater;
  private @Nullable Deflater deflater;

  /**
   * Inflates exactly {@code count} bytes; none are made of no data.
   *
   * @param name what the data are called in messages
   * @param out receives them from 0
   */
  void inflate(String name, byte[] in, int from, int size, byte[] out, int count)
      throws ExrException {
    if (size == 0 && count == 0) {
      return;
    }
    if (inflater == null) {
      inflater = new Inflater();
    }
    inflater.reset();
    inflater.setInput(in, from, size);
    try {
      int done = 0;
      while (done < count && !inflater.finished()) {
        int step = inflater.inflate(out, done, count - done);
        if (step == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          break;
        }
        done += step;
      }
      if (done < count) {
        throw new ExrException(name + " data ends early");
      }
      if (!inflater.finished() && inflater.inflate(excess) > 0) {
        throw new ExrException(name + " data holds more than the block");
      }
      if (!inflater.finished()) {
        throw new ExrException(name + " data ends early");
      }
    } catch (DataFormatException e) {
      throw new ExrException(name + " data is damaged");
    }
  }

  /**
   * Deflates.
   *
   * @param limit the most bytes that are of use
   * @return how many bytes of {@code out} were written, or -1 if more than {@code limit} are needed
   */
  int deflate(byte[] in, int size, byte[] out, int limit) {
    if (deflater == null) {
      deflater = new Deflater(LEVEL);
    }
    deflater.reset();
    deflater.setInput(in, 0, size);
    deflater.finish();
    int done = 0;
    while (done < limit) {
      done += deflater.deflate(out, done, limit - done);
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
