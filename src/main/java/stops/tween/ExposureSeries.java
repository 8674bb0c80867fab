package stops.tween;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import stops.engine.ExactStops;
import stops.image.ImageException;
import stops.match.FrameLight;
import stops.match.Match;
import stops.match.TooLittleToMatch;

/**
 * Measures the exposures of frames, in order. Several frames are read at once, each of them once.
 *
 * <p>By pixels, the first frame has its own level, and each other one that of the frame before it
 * and the difference of their pixels, so that what moves through the picture does not count. Where
 * pixels do not agree, as at a cut, both frames' own levels are compared.
 */
public final class ExposureSeries {
  private static final int MOST_AT_ONCE = 8;

  private final Meter meter;
  private final Reader reader;
  private final List<Measured> all = new ArrayList<>();
  private @Nullable FrameLight last;
  private double lastStops;
  private int lastFrame;

  /** Reads a frame. Called by several threads at once. */
  @FunctionalInterface
  public interface Reader {
    FrameLight read(int frame) throws ImageException, InterruptedException;
  }

  /** Hears how many frames are measured. */
  @FunctionalInterface
  public interface Listener {
    void measured(int done, int of);
  }

  private ExposureSeries(Meter meter, Reader reader) {
    this.meter = meter;
    this.reader = reader;
  }

  /**
   * Measures frames.
   *
   * @param numbers the frames
   * @param threads number of threads that {@code reader} works with
   * @return their exposures in rising order
   * @throws InterruptedException if the calling thread was interrupted
   */
  public static List<Measured> measure(
      List<Integer> numbers, Meter meter, Reader reader, int threads, Listener listener)
      throws InterruptedException {
    ExposureSeries series = new ExposureSeries(meter, reader);
    series.measure(
        numbers.stream().sorted().toList(), Math.min(threads + 1, MOST_AT_ONCE), listener);
    return List.copyOf(series.all);
  }

  private void measure(List<Integer> numbers, int atOnce, Listener listener)
      throws InterruptedException {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            atOnce, Thread.ofPlatform().daemon().name("stops-measure-", 0).factory());
    try {
      Deque<Future<FrameLight>> ahead = new ArrayDeque<>();
      int next = 0;
      for (int frame : numbers) {
        while (next < numbers.size() && ahead.size() < atOnce) {
          int number = numbers.get(next++);
          ahead.add(threads.submit(() -> reader.read(number)));
        }
        add(frame, ahead.remove());
        listener.measured(all.size(), numbers.size());
      }
    } finally {
      threads.shutdownNow();
      threads.close();
    }
  }

  private void add(int frame, Future<FrameLight> read) throws InterruptedException {
    try {
      add(frame, read.get());
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof ImageException) {
        all.add(Measured.not(frame, String.valueOf(cause.getMessage())));
      } else if (cause instanceof InterruptedException) {
        throw new InterruptedException();
      } else {
        throw new IllegalStateException(cause);
      }
    }
  }

  private void add(int frame, FrameLight light) {
    OptionalDouble level = meter.level(light);
    FrameLight before = last;
    if (meter.pixels() && before != null) {
      try {
        Match match = light.above(before);
        keep(frame, light, lastStops + match.stops(), 100 * match.fraction(), "");
        return;
      } catch (TooLittleToMatch e) {
        OptionalDouble levelBefore = meter.level(before);
        if (level.isPresent() && levelBefore.isPresent()) {
          keep(
              frame,
              light,
              lastStops + level.getAsDouble() - levelBefore.getAsDouble(),
              0,
              "measured by its mean, since its pixels do not agree with those of frame "
                  + lastFrame);
          return;
        }
      }
    } else if (level.isPresent()) {
      keep(frame, light, level.getAsDouble(), 100, "");
      return;
    }
    all.add(Measured.not(frame, "too much of it is clipped or black"));
  }

  private void keep(int frame, FrameLight light, double stops, double percent, String note) {
    // What is written to the table is what counts, so that the table gives the same bytes again.
    ExactStops rounded = ExactStops.of(new BigDecimal(stops)).rounded(Curve.DECIMALS);
    all.add(new Measured(frame, rounded, percent, note));
    last = light;
    lastStops = stops;
    lastFrame = frame;
  }
}
