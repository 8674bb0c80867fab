package stops.match;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import stops.image.Channel;
import stops.image.ImageException;
import stops.image.ImageSource;
import stops.image.NoData;
import stops.image.Plane;
import stops.image.Strip;
import stops.image.Window;
import stops.strip.StripWorkers;

/**
 * The exposures, in stops, of the chosen pixels of a picture: one array for each channel, then one
 * for luminance if the light has one. −∞ stands for intensities of 0 and below, NaN for what is not
 * known.
 *
 * @param light the channels
 * @param stops the exposures; the same pixel has the same place in every array
 * @param blocks the block of each pixel, see {@link PixelChoice#block}
 */
record PixelLevels(PictureLight light, float[][] stops, short[] blocks) {
  /** What is held of a picture is at most this many exposures: 4 MiB. */
  private static final int MOST_EXPOSURES = 1 << 20;

  private static final double LN_2 = StrictMath.log(2);

  /** The most pixels to choose, so that those of all channels are few enough. */
  static int mostPixels(PictureLight light) {
    return MOST_EXPOSURES / Math.max(4, light.channels().size() + 1);
  }

  /** Reads the chosen pixels of an open file. */
  static PixelLevels read(
      Path path, ImageSource source, PictureLight light, PixelChoice choice, StripWorkers workers)
      throws ImageException, InterruptedException {
    int planes = light.channels().size() + (light.hasLuminance() ? 1 : 0);
    PixelLevels levels =
        new PixelLevels(light, new float[planes][choice.count()], new short[choice.count()]);
    Optional<NoData> noData = source.noData();
    FileStrips.forEach(
        path,
        source,
        workers,
        strip -> {
          if (strip.part() == light.index()) {
            levels.add(strip, choice, noData);
          }
        });
    return levels;
  }

  private void add(Strip strip, PixelChoice choice, Optional<NoData> noData) {
    int count = light.channels().size();
    List<Plane> planes = light.channels().stream().map(strip::planeOf).toList();
    List<Channel> channels =
        light.channels().stream().map(c -> light.part().channels().get(c)).toList();
    double[] pixel = new double[count];
    Window window = strip.window();
    for (int y = window.yMin(); y <= window.yMax(); y++) {
      choice.row(
          y,
          window.xMin(),
          window.xMax(),
          (number, x, row) -> {
            for (int c = 0; c < count; c++) {
              Plane plane = planes.get(c);
              long place = FileStrips.place(strip, plane, light.channels().get(c), x, row);
              boolean known =
                  noData.isEmpty() || !isNoData(noData.get(), plane, channels.get(c), place);
              pixel[c] = known ? FileStrips.value(channels.get(c), plane, place) : Double.NaN;
            }
            put(number, pixel);
            blocks[number] = (short) choice.block(x, row);
          });
    }
  }

  private static boolean isNoData(NoData noData, Plane plane, Channel channel, long place) {
    return channel.type() != null && noData.isAt(plane.samples(), channel.type(), place);
  }

  /**
   * Stores a pixel. Intensities are taken relative to the brightest of exposures above 0, lest they
   * overflow.
   */
  private void put(int number, double[] pixel) {
    double highest = 0;
    for (int c = 0; c < pixel.length; c++) {
      if (light.exposures().get(c)) {
        stops[c][number] = (float) pixel[c];
        highest = Math.max(highest, pixel[c]);
      } else {
        stops[c][number] = (float) exposure(pixel[c]);
      }
    }
    if (!light.hasLuminance()) {
      return;
    }
    if (pixel.length == 1) {
      stops[1][number] = stops[0][number];
      return;
    }
    double sum = 0;
    for (int c = 0; c < pixel.length; c++) {
      double intensity =
          light.exposures().get(c)
              ? StrictMath.pow(2, pixel[c] - highest)
              : pixel[c] * StrictMath.pow(2, -highest);
      sum += light.weights().get(c) * intensity;
    }
    stops[pixel.length][number] = (float) (exposure(sum) + highest);
  }

  /** {@code log2}; the same bits on every machine. */
  static double exposure(double intensity) {
    return intensity > 0
        ? StrictMath.log(intensity) / LN_2
        : intensity <= 0 ? Double.NEGATIVE_INFINITY : Double.NaN;
  }

  /** The exposure, in stops, from which on a channel is clipped; +∞ if it is not. */
  double clip(int channel) {
    Channel described = light.part().channels().get(light.channels().get(channel));
    return Clipping.of(stops[channel], light.exposures().get(channel) ? null : described.type());
  }
}
