package stops.view;

import java.lang.foreign.SegmentAllocator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import stops.display.Layer;
import stops.display.LayerReader;
import stops.engine.EngineFailure;
import stops.image.ImageException;
import stops.image.ImageSource;
import stops.image.StripPlace;
import stops.image.Window;

/**
 * A layer of a picture at the largest size that fits into memory, made in one pass over the file. A
 * thread reads some strips from all over the picture first, so that there is soon something to
 * show, and then the others. Strips that are damaged are left out. Thread-safe.
 */
final class Overview implements AutoCloseable {
  /** Of so many strips, one is read first. */
  private static final int SPARSE = 16;

  /** Strips, for each thread, between which other requests get their turn. */
  private static final int TURN = 4;

  private final Path path;
  private final ImageSource source;
  private final Layer layer;
  private final Work work;
  private final LayerReader reader;
  private final Window window;
  private final BoxAverage average;
  private final List<Integer> order = new ArrayList<>();
  private final int sparse;
  private final Thread thread;
  private int done;
  private boolean ended;
  private volatile boolean closed;
  private @Nullable String problem;

  Overview(Path path, ImageSource source, Layer layer, Work work) {
    this.path = path;
    this.source = source;
    this.layer = layer;
    this.work = work;
    reader = new LayerReader(path, source, layer, work.engines());
    window = source.info().parts().get(layer.part()).dataWindow();
    average = new BoxAverage(window, level(window, work.overviewBytes()));
    List<Integer> strips = new ArrayList<>();
    for (int i = 0; i < source.strips(); i++) {
      Optional<StripPlace> place = source.place(i);
      if (source.isFullSize(i) && (place.isEmpty() || place.get().part() == layer.part())) {
        strips.add(i);
      }
    }
    int step = average.level() == 0 || strips.size() < 4 * SPARSE ? 1 : SPARSE;
    for (int i = 0; i < strips.size(); i += step) {
      order.add(strips.get(i));
    }
    sparse = order.size();
    for (int i = 0; step > 1 && i < strips.size(); i++) {
      if (i % step != 0) {
        order.add(strips.get(i));
      }
    }
    thread = Thread.ofPlatform().daemon().name("stops-overview").unstarted(this::run);
  }

  /** The least level of a picture that fits into {@code bytes}. */
  static int level(Window window, long bytes) {
    int level = 0;
    while (BoxAverage.size(window.width(), level) * BoxAverage.size(window.height(), level)
        > bytes / BoxAverage.PIXEL_BYTES) {
      level++;
    }
    return level;
  }

  void start() {
    thread.start();
  }

  BoxAverage average() {
    return average;
  }

  /** From 0 to 1. */
  synchronized double progress() {
    double read = order.isEmpty() ? 1 : (double) done / order.size();
    return closed ? Math.min(read, 0.99) : ended ? 1 : read;
  }

  /** What was wrong first, or null. */
  synchronized @Nullable String problem() {
    return problem;
  }

  /** Waits until there is something of all the picture. */
  synchronized void awaitSomething() throws InterruptedException {
    while (!ended && done < sparse) {
      wait();
    }
  }

  /** Waits until all is read, for callers that need every pixel. */
  synchronized void awaitAll() throws InterruptedException {
    while (!ended) {
      wait();
    }
  }

  private void run() {
    try {
      int turn = TURN * work.workers().threads();
      for (int from = 0; from < order.size(); from += turn) {
        // What shows first is not cut where a turn ends.
        read(from, Math.min(order.size(), from + turn));
      }
    } catch (InterruptedException e) {
      // Closed: nobody waits for it any more.
      Thread.currentThread().interrupt();
    } catch (ImageException | EngineFailure | RuntimeException | Error e) {
      note(e);
    } finally {
      average.complete();
      end();
    }
  }

  private void read(int from, int to) throws ImageException, EngineFailure, InterruptedException {
    work.workers()
        .forEach(
            path,
            to - from,
            reader.stripBytes(),
            (index, memory) -> {
              add(average, window, order.get(from + index), memory);
              count();
            });
  }

  private void add(BoxAverage to, Window region, int strip, SegmentAllocator memory)
      throws EngineFailure, InterruptedException {
    try {
      reader.read(strip, region, memory, to::add);
    } catch (ImageException e) {
      note(e);
    }
  }

  /**
   * The mean of boxes of a region, read for this call.
   *
   * @param region pixels of the picture
   * @param level less than that of the overview
   */
  BoxAverage region(Window region, int level)
      throws ImageException, EngineFailure, InterruptedException {
    BoxAverage boxes = new BoxAverage(region, level);
    List<Integer> strips =
        order.stream()
            .filter(i -> source.place(i).map(p -> p.touches(layer.part(), region)).orElse(true))
            .toList();
    work.workers()
        .forEach(
            path,
            strips.size(),
            reader.stripBytes(),
            (index, memory) -> add(boxes, region, strips.get(index), memory));
    boxes.complete();
    return boxes;
  }

  private synchronized void count() {
    done++;
    notifyAll();
  }

  private synchronized void note(Throwable failure) {
    if (problem == null) {
      problem = Answers.message(failure);
    }
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Ends the reading. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
