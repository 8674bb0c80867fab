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

/**
 * Checks whether the output of a conversion exists and is complete, so that it need not be made
 * again.
 */
public final class FinishedOutput {
  private final StripWorkers workers;

  /** A check that reads outputs with {@code workers}. */
  public FinishedOutput(StripWorkers workers) {
    this.workers = workers;
  }

  /**
   * Whether every sample of the request's output can be read, and its windows are as large as those
   * of the input. If the input cannot be read, the windows are not compared.
   *
   * @throws InterruptedException if the calling thread was interrupted
   */
  public boolean isThere(PictureRequest request, ImageFormat inputFormat, ImageFormat outputFormat)
      throws InterruptedException {
    if (!Files.isRegularFile(request.output())) {
      return false;
    }
    ImageInfo input = input(request, inputFormat);
    try {
      if (outputFormat instanceof RawFormat) {
        // A raw file does not state its own size.
        return input != null && Files.size(request.output()) == rawBytes(input, request);
      }
      try (ImageSource source = outputFormat.open(request.output(), workers.memory())) {
        if (input != null && !windows(input).equals(windows(source.info()))) {
          return false;
        }
        workers.forEach(
            request.output(),
            source.strips(),
            source.stripBytes() + source.bufferBytes(),
            (index, memory) -> {
              var unused = source.read(index, memory);
            });
        return true;
      }
    } catch (IOException | ImageException | InternalError | EngineFailure incomplete) {
      // An InternalError is a fault in a mapped file, which was truncated meanwhile.
      return false;
    }
  }

  private @Nullable ImageInfo input(PictureRequest request, ImageFormat format) {
    try (ImageSource source = format.open(request.input(), workers.memory())) {
      return source.info();
    } catch (ImageException unreadable) {
      return null;
    }
  }

  private static List<Window> windows(ImageInfo info) {
    return info.parts().stream().map(Part::dataWindow).map(FinishedOutput::sized).toList();
  }

  /** The window moved to the origin, because not every format stores where a window begins. */
  private static Window sized(Window window) {
    return Window.ofSize((int) window.width(), (int) window.height());
  }

  private static long rawBytes(ImageInfo input, PictureRequest request) throws ImageException {
    ChannelPlan plan =
        switch (request) {
          case FileRequest conversion ->
              ChannelPlan.of(input, SourceDomain.of(input, conversion), conversion);
          case AdjustRequest adjustment -> AdjustmentPlan.of(input, adjustment).channels();
        };
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
