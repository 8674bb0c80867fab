package stops.display;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import stops.engine.EngineFailure;
import stops.engine.pool.EnginePool;
import stops.image.ImageException;
import stops.image.ImageSource;
import stops.image.StripPlace;
import stops.image.Window;
import stops.strip.StripWorkers;

/**
 * The light of a layer at a fraction of its size, red, green and blue: each pixel is the mean of a
 * square of pixels in linear light, or of what the picture has of it at the right and lower edge. A
 * NaN or an infinity makes its whole square one. The same bits for any number of threads.
 */
public final class ScaledPicture {
  /** Memory of a pixel while sums are made. */
  public static final long PIXEL_BYTES = (long) LayerReader.SAMPLES * Double.BYTES;

  private final Window region;
  private final int factor;
  private final int width;
  private final int height;
  private final double[] sums;

  /** Sums of strips that wait for those of an earlier one, by their number. */
  private final Map<Integer, StripSums> waiting = new TreeMap<>();

  private int added;

  private ScaledPicture(Window region, int factor) {
    this.region = region;
    this.factor = factor;
    width = Math.toIntExact(size(region.width(), factor));
    height = Math.toIntExact(size(region.height(), factor));
    sums = new double[Math.toIntExact((long) width * height * LayerReader.SAMPLES)];
  }

  /** Pixels of a length of {@code pixels} at a fraction of it. */
  public static long size(long pixels, int factor) {
    return Math.ceilDiv(pixels, (long) factor);
  }

  /** Learns how much is done. */
  public interface Progress {
    void strips(int done, int all);
  }

  /**
   * Reads a layer.
   *
   * @param region the pixels to read, in the layer's data window
   * @param factor how many pixels become one in each direction, 1 or more
   * @param engines convert exposures
   */
  public static ScaledPicture read(
      Path path,
      ImageSource source,
      Layer layer,
      Window region,
      int factor,
      StripWorkers workers,
      EnginePool engines,
      Progress progress)
      throws ImageException, EngineFailure, InterruptedException {
    List<Integer> strips = new ArrayList<>();
    for (int i = 0; i < source.strips(); i++) {
      Optional<StripPlace> place = source.place(i);
      if (source.isFullSize(i) && place.map(p -> p.touches(layer.part(), region)).orElse(true)) {
        strips.add(i);
      }
    }
    LayerReader reader = new LayerReader(path, source, layer, engines);
    ScaledPicture picture = new ScaledPicture(region, factor);
    AtomicInteger done = new AtomicInteger();
    workers.forEach(
        path,
        strips.size(),
        reader.stripBytes(),
        (index, memory) -> {
          StripSums strip = picture.new StripSums();
          reader.read(strips.get(index), region, memory, strip::add);
          picture.add(index, strip);
          progress.strips(done.incrementAndGet(), strips.size());
        });
    return picture;
  }

  /** Adds the strips in their order, so that sums are rounded alike however threads run. */
  private synchronized void add(int index, StripSums strip) {
    waiting.put(index, strip);
    for (StripSums next = waiting.remove(added); next != null; next = waiting.remove(added)) {
      next.addTo(sums);
      added++;
    }
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /**
   * The light of a pixel.
   *
   * @param light red, green and blue, to fill in
   */
  public void pixel(int x, int y, float[] light) {
    long columns = Math.min(factor, region.width() - (long) x * factor);
    long rows = Math.min(factor, region.height() - (long) y * factor);
    int at = (y * width + x) * LayerReader.SAMPLES;
    for (int i = 0; i < LayerReader.SAMPLES; i++) {
      light[i] = (float) (sums[at + i] / (columns * rows));
    }
  }

  /** The sums of the pixels of a strip. */
  private final class StripSums {
    private final Map<Integer, double[]> rows = new TreeMap<>();
    private int firstColumn;

    /** Adds the pixels of a row. All rows of a strip begin at the same column. */
    void add(int y, int xMin, float[][] colours, int count) {
      long left = (long) xMin - region.xMin();
      firstColumn = (int) (left / factor);
      int columns = (int) ((left + count - 1) / factor) - firstColumn + 1;
      double[] row =
          rows.computeIfAbsent(
              (int) (((long) y - region.yMin()) / factor),
              absent -> new double[columns * LayerReader.SAMPLES]);
      for (int i = 0; i < LayerReader.SAMPLES; i++) {
        float[] samples = colours[i];
        int box = i;
        long within = left % factor;
        for (int x = 0; x < count; x++) {
          row[box] += samples[x];
          if (++within == factor) {
            within = 0;
            box += LayerReader.SAMPLES;
          }
        }
      }
    }

    void addTo(double[] all) {
      rows.forEach((y, row) -> {
        int at = (y * width + firstColumn) * LayerReader.SAMPLES;
        for (int i = 0; i < row.length; i++) {
          all[at + i] += row[i];
        }
      });
    }
  }
}
