package stops.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import stops.image.Channel;
import stops.image.NoData;
import stops.image.Part;
import stops.image.Plane;
import stops.image.Strip;
import stops.image.Window;
import stops.stats.FileStatistics.Counted;

/** Counts the samples of strips. Thread-safe. */
final class StripCounter {
  private final List<List<Counted>> channels;
  private final @Nullable Window region;
  private final @Nullable NoData noData;
  private final Queue<Scratch> scratches = new ConcurrentLinkedQueue<>();
  private final LongAdder left = new LongAdder();
  private final List<String> clipped = new ArrayList<>();

  /**
   * A counter for the strips of a file.
   *
   * @param channels the channels of each part to count
   * @param region the pixels to count; null for all
   */
  StripCounter(
      List<Part> parts,
      List<List<Counted>> channels,
      @Nullable Window region,
      @Nullable NoData noData) {
    this.channels = channels;
    this.region = region;
    this.noData = noData;
    for (int p = 0; region != null && p < parts.size(); p++) {
      Part part = parts.get(p);
      if (!channels.get(p).isEmpty() && !region.equals(overlap(region, part.dataWindow()))) {
        clipped.add(
            String.format(
                Locale.ROOT,
                "%sthe region %s is partly or wholly outside the data window %s; pixels there are left out",
                part.name().isEmpty() ? "" : "part " + part.name() + ": ",
                region,
                part.dataWindow()));
      }
    }
  }

  /** The pixels that two windows share; null if there are none. */
  static @Nullable Window overlap(Window a, Window b) {
    int xMin = Math.max(a.xMin(), b.xMin());
    int yMin = Math.max(a.yMin(), b.yMin());
    int xMax = Math.min(a.xMax(), b.xMax());
    int yMax = Math.min(a.yMax(), b.yMax());
    return xMin > xMax || yMin > yMax ? null : new Window(xMin, yMin, xMax, yMax);
  }

  /**
   * Counts the samples of a strip.
   *
   * @param isFirst whether it is the first pass; later ones only look for ranks
   */
  void add(Strip strip, boolean isFirst) {
    Window shared = region == null ? strip.window() : overlap(region, strip.window());
    if (shared == null) {
      return;
    }
    Scratch scratch = scratches.poll();
    if (scratch == null) {
      scratch = new Scratch();
    }
    for (Counted each : channels.get(strip.part())) {
      RankSearch ranks = each.ranks();
      if (isFirst) {
        each.bins().add(runs(each, strip, shared, left), scratch);
        if (ranks != null) {
          ranks.add(runs(each, strip, shared, new LongAdder()), scratch);
        }
      } else if (ranks != null && !ranks.isDone()) {
        ranks.add(runs(each, strip, shared, new LongAdder()), scratch);
      }
    }
    scratches.add(scratch);
  }

  private SampleRuns runs(Counted counted, Strip strip, Window shared, LongAdder leftOut) {
    Plane plane = strip.planeOf(counted.index());
    SampleRuns runs = runs(plane, counted, strip.window(), shared);
    if (noData != null) {
      runs.leaveOut(noData.value(), leftOut);
    }
    return runs;
  }

  private static SampleRuns runs(Plane plane, Counted counted, Window strip, Window shared) {
    int within = counted.index() - plane.firstChannel();
    if (shared.equals(strip)) {
      return SampleRuns.all(
          plane.samples(), within, plane.channels(), plane.count() / plane.channels());
    }
    // A channel has samples where the coordinates are multiples of its sampling.
    Channel channel = counted.channel();
    long firstColumn = multiples(strip.xMin(), shared.xMin(), channel.xSampling());
    long columns = multiples(shared.xMin(), shared.xMax() + 1L, channel.xSampling());
    long firstRow = multiples(strip.yMin(), shared.yMin(), channel.ySampling());
    long rows = multiples(shared.yMin(), shared.yMax() + 1L, channel.ySampling());
    return new SampleRuns(
        plane.samples(),
        within,
        plane.channels(),
        plane.rowSamples(),
        firstRow,
        rows,
        firstColumn,
        columns);
  }

  /** How many multiples of {@code step} there are from {@code first} to before {@code end}. */
  private static long multiples(long first, long end, int step) {
    return Math.ceilDiv(end, (long) step) - Math.ceilDiv(first, (long) step);
  }

  /** What was left out, one line each. */
  List<String> notes() {
    List<String> notes = new ArrayList<>(clipped);
    if (noData != null && left.sum() > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%d samples are %s (%s) and are left out",
              left.sum(),
              noData.name(),
              noData.text()));
    }
    return notes;
  }
}
