package stops.match;

import java.nio.file.Path;
import stops.engine.EngineFailure;
import stops.image.Channel;
import stops.image.ImageException;
import stops.image.ImageSource;
import stops.image.Plane;
import stops.image.Strip;
import stops.strip.StripWorkers;

/** Reads the strips of a picture at full size, by several threads, and their samples. */
final class FileStrips {
  private FileStrips() {}

  /** Takes a strip, on one of several threads. */
  interface Taker {
    void take(Strip strip);
  }

  static void forEach(Path path, ImageSource source, StripWorkers workers, Taker taker)
      throws ImageException, InterruptedException {
    try {
      workers.forEach(
          path,
          source.strips(),
          source.stripBytes() + source.bufferBytes(),
          (index, memory) -> {
            if (source.isFullSize(index)) {
              try {
                taker.take(source.read(index, memory));
              } catch (InternalError e) {
                // The JVM throws this for a mapped file that has become shorter.
                throw ImageException.truncated(path, e);
              }
            }
          });
    } catch (EngineFailure impossible) {
      throw new AssertionError("no engine is at work", impossible);
    }
  }

  /** The sample of a channel that has one in every pixel. */
  static double sample(Strip strip, Plane plane, Channel channel, int index, int x, int y) {
    return value(channel, plane, place(strip, plane, index, x, y));
  }

  /** The number in its plane of the sample of channel {@code index} at (x, y). */
  static long place(Strip strip, Plane plane, int index, int x, int y) {
    return ((long) y - strip.window().yMin()) * plane.rowSamples()
        + ((long) x - strip.window().xMin()) * plane.channels()
        + (index - plane.firstChannel());
  }

  /** The value of a sample of a plane. */
  static double value(Channel channel, Plane plane, long place) {
    return switch (channel.type()) {
      case null -> Integer.toUnsignedLong(plane.samples().get(Plane.UINT32, place * 4));
      case FLOAT16 -> Float.float16ToFloat(plane.samples().get(Plane.FLOAT16, place * 2));
      case FLOAT32 -> plane.samples().get(Plane.FLOAT32, place * 4);
      case FLOAT64 -> plane.samples().get(Plane.FLOAT64, place * 8);
    };
  }
}
