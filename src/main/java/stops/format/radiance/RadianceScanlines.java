package stops.format.radiance;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import stops.format.flat.ByteWindow;
import stops.format.flat.InputFile;
import stops.image.ImageException;

/**
 * Reads the scanlines of a Radiance file in all three forms: pixels without a code; the old
 * run-length code, which has runs of equal pixels; and the new one, which begins with 2, 2 and the
 * length, and has runs in each of the four components.
 */
final class RadianceScanlines {
  static final int MIN_RUN_LENGTH = 8;
  static final int MAX_RUN_LENGTH = 0x7fff;

  private final InputFile file;
  private final ByteWindow bytes;
  private final int pixels;
  private long at;

  /**
   * @param pixels length of a scanline
   * @param offset of the first scanline to be read, in bytes
   */
  RadianceScanlines(InputFile file, int pixels, long offset) {
    this.file = file;
    this.bytes = new ByteWindow(file);
    this.pixels = pixels;
    this.at = offset;
  }

  /** Offset of the next scanline, in bytes. */
  long offset() {
    return at;
  }

  /**
   * Reads the next scanline.
   *
   * @param line is filled with the pixels, 4 bytes each; null to skip the scanline
   */
  void next(byte @Nullable [] line) throws ImageException {
    if (isNew()) {
      readComponents(line);
    } else {
      readPixels(line);
    }
  }

  private boolean isNew() throws ImageException {
    need(Rgbe.BYTES);
    return pixels >= MIN_RUN_LENGTH
        && pixels <= MAX_RUN_LENGTH
        && get(at) == 2
        && get(at + 1) == 2
        && get(at + 2) < 128;
  }

  private void readComponents(byte @Nullable [] line) throws ImageException {
    int length = get(at + 2) << 8 | get(at + 3);
    if (length != pixels) {
      throw file.damaged(
          String.format(
              Locale.ROOT,
              "has a scanline of %d pixels instead of %d at offset %d",
              length,
              pixels,
              at));
    }
    at += Rgbe.BYTES;
    for (int component = 0; component < Rgbe.BYTES; component++) {
      int x = 0;
      while (x < pixels) {
        x += readRun(line, component, x);
      }
    }
  }

  private int readRun(byte @Nullable [] line, int component, int x) throws ImageException {
    need(2);
    int code = get(at);
    boolean run = code > 128;
    int count = run ? code - 128 : code;
    if (count == 0 || count > pixels - x) {
      throw file.damaged(
          String.format(
              Locale.ROOT, "has a run of %d pixels that does not fit at offset %d", count, at));
    }
    need(run ? 2 : 1 + count);
    if (line != null) {
      for (int i = 0; i < count; i++) {
        line[(x + i) * Rgbe.BYTES + component] = (byte) get(at + 1 + (run ? 0 : i));
      }
    }
    at += run ? 2 : 1 + count;
    return count;
  }

  private void readPixels(byte @Nullable [] line) throws ImageException {
    int shift = 0;
    int x = 0;
    while (x < pixels) {
      need(Rgbe.BYTES);
      if (get(at) == 1 && get(at + 1) == 1 && get(at + 2) == 1) {
        long count = shift > 16 ? Long.MAX_VALUE : (long) get(at + 3) << shift;
        if (x == 0 || count > pixels - x) {
          throw file.damaged("has a run of pixels that does not fit at offset " + at);
        }
        if (line != null) {
          repeat(line, x, (int) count);
        }
        x += (int) count;
        shift += 8;
      } else {
        if (line != null) {
          for (int i = 0; i < Rgbe.BYTES; i++) {
            line[x * Rgbe.BYTES + i] = (byte) get(at + i);
          }
        }
        x++;
        shift = 0;
      }
      at += Rgbe.BYTES;
    }
  }

  private static void repeat(byte[] line, int x, int count) {
    for (int i = x * Rgbe.BYTES; i < (x + count) * Rgbe.BYTES; i++) {
      line[i] = line[i - Rgbe.BYTES];
    }
  }

  private int get(long offset) throws ImageException {
    return bytes.get(offset);
  }

  private void need(int count) throws ImageException {
    if (file.size() - at < count) {
      throw file.damaged("ends within a scanline, at offset " + file.size());
    }
  }
}
