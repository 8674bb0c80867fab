package stops.convert;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.jspecify.annotations.Nullable;
import stops.engine.EngineFailure;
import stops.engine.SampleType;
import stops.format.RawFormat;
import stops.image.ImageException;
import stops.image.ImageFormat;
import stops.image.ImageInfo;
import stops.image.ImageSource;
import stops.image.Part;
import stops.image.Window;
import stops.strip.StripWorkers;

/** Tells whether the output of a conversion is there, whole, so that it need not be made again. */
public final class FinishedOutput {
  private final StripWorkers workers;

  /** For outputs that {@code workers} read. */
  public FinishedOutput(StripWorkers workers) {
    this.workers = workers;
  }

  /**
   * Whether the request's output is a file of which every sample can be read, and which has the
   * windows of its input, if that can be read.
   *
   * @throws InterruptedException if the calling thread was interrupted
   */
  public boolean isThere(FileRequest request, ImageFormat inputFormat, ImageFormat outputFormat)
      throws InterruptedException {
    if (!Files.isRegularFile(request.output())) {
      return false;
    }
    ImageInfo input = input(request, inputFormat);
    try {
      if (outputFormat instanceof RawFormat) {
        // Nothing in the file says how long it is to be.
        return input != null && Files.size(request.output()) == rawBytes(input, request);
      }
      try (ImageSource source = outputFormat.open(request.output())) {
        if (input != null && !windows(input).equals(windows(source.info()))) {
          return false;
        }
        workers.forEach(
            source.strips(),
            source.stripBytes() + source.bufferBytes(),
            (index, memory) -> {
              var unused = source.read(index, memory);
            });
        return true;
      }
    } catch (IOException | ImageException | InternalError | EngineFailure incomplete) {
      // A fault in a mapped file is an InternalError: it was truncated meanwhile.
      return false;
    }
  }

  private static @Nullable ImageInfo input(FileRequest request, ImageFormat format) {
    try (ImageSource source = format.open(request.input())) {
      return source.info();
    } catch (ImageException unreadable) {
      return null;
    }
  }

  private static List<Window> windows(ImageInfo info) {
    return info.parts().stream().map(Part::dataWindow).map(FinishedOutput::sized).toList();
  }

  /** Not every format has a place for where a window begins. */
  private static Window sized(Window window) {
    return Window.ofSize((int) window.width(), (int) window.height());
  }

  private static long rawBytes(ImageInfo input, FileRequest request) throws ImageException {
    ChannelPlan plan = ChannelPlan.of(input, SourceDomain.of(input, request), request);
    long bytes = 0;
    for (int p = 0; p < input.parts().size(); p++) {
      Window window = input.parts().get(p).dataWindow();
      for (SampleType type : plan.types().get(p)) {
        bytes += type == null ? 0 : window.width() * window.height() * type.bytes();
      }
    }
    return bytes;
  }
}
