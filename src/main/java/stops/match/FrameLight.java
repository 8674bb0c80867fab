package stops.match;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalDouble;
import stops.image.ImageException;
import stops.image.ImageFormat;
import stops.image.ImageSource;
import stops.image.Window;
import stops.strip.StripWorkers;

/**
 * The luminance of chosen pixels of one frame, or of its one channel, in stops. It is read once and
 * then compared with those of other frames. Immutable.
 *
 * <p>Pixels are chosen by their rank, not by limits on their exposure: ranks are the same whatever
 * the frame's exposure is, whereas a fixed limit lets in other pixels when a frame flickers.
 */
public final class FrameLight {
  /** Far more than are needed for a thousandth of a stop; a frame's pixels take 1 MiB. */
  private static final int MOST_PIXELS = 1 << 16;

  private final Path file;
  private final Window region;
  private final Side side;

  /**
   * The exposures of known pixels from dark to bright; those from {@link #clipped} on are clipped.
   */
  private final float[] sorted;

  private final int clipped;

  private FrameLight(Path file, Window region, Side side) {
    this.file = file;
    this.region = region;
    this.side = side;
    float[] known = new float[side.stops().length];
    int unclipped = 0;
    int count = 0;
    for (int i = 0; i < known.length; i++) {
      if (!Float.isNaN(side.stops()[i]) && !side.isClipped(i)) {
        known[unclipped++] = side.stops()[i];
      }
    }
    Arrays.sort(known, 0, unclipped);
    count = unclipped;
    for (int i = 0; i < known.length; i++) {
      if (!Float.isNaN(side.stops()[i]) && side.isClipped(i)) {
        known[count++] = side.stops()[i];
      }
    }
    sorted = Arrays.copyOf(known, count);
    clipped = unclipped;
  }

  /**
   * Reads a frame.
   *
   * @param request region, channels and the meaning of samples; luminance must be asked for
   * @throws ImageException if it cannot be read, or has no pixel of the region
   */
  public static FrameLight read(
      Path file, ImageFormat format, MatchRequest request, StripWorkers workers)
      throws ImageException, InterruptedException {
    try (ImageSource source = format.open(file, workers.memory())) {
      PictureLight light = PictureLight.of(file, source.info(), request);
      Window window = light.part().dataWindow();
      Window roi = request.roi();
      Window region = roi == null ? window : window.intersection(roi).orElse(null);
      if (region == null) {
        throw ImageException.input(file, "has no pixel of the region " + roi);
      }
      PixelChoice choice =
          PixelChoice.of(region, null, Math.min(MOST_PIXELS, PixelLevels.mostPixels(light)));
      PixelLevels levels = PixelLevels.read(file, source, light, choice, workers);
      return new FrameLight(file, region, side(levels));
    }
  }

  private static Side side(PixelLevels levels) {
    int count = levels.light().channels().size();
    double[] clips = new double[count];
    for (int c = 0; c < count; c++) {
      clips[c] = levels.clip(c);
    }
    return new Side(
        "luminance",
        levels.stops()[count],
        Arrays.copyOf(levels.stops(), count),
        clips,
        levels.blocks());
  }

  /**
   * By how many stops this frame is above another one, pixel by pixel.
   *
   * @throws TooLittleToMatch if too few pixels agree, or the regions are not the same
   */
  public Match above(FrameLight reference) throws TooLittleToMatch {
    if (!region.equals(reference.region)) {
      throw TooLittleToMatch.of(file + " has other pixels than " + reference.file);
    }
    return new PixelRatios(reference.side, side, null).match();
  }

  /** The pixels whose exposure is known. */
  public int pixels() {
    return sorted.length;
  }

  /**
   * The mean exposure of the pixels of middle rank: half of them leave out a quarter at each end.
   */
  public OptionalDouble middle(double share) {
    return mean(rank((1 - share) / 2), rank((1 + share) / 2));
  }

  /** The exposure that {@code share} of the pixels do not exceed. */
  public OptionalDouble percentile(double share) {
    int at = Math.clamp(rank(share), 1, Math.max(1, sorted.length));
    return mean(at - 1, at);
  }

  private int rank(double share) {
    return (int) Math.round(share * sorted.length);
  }

  /** The mean of the exposures of these ranks; none if some of them are clipped or not above 0. */
  private OptionalDouble mean(int from, int to) {
    if (to <= from || to > clipped || sorted[from] == Float.NEGATIVE_INFINITY) {
      return OptionalDouble.empty();
    }
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += sorted[i];
    }
    double mean = sum / (to - from);
    return Double.isFinite(mean) ? OptionalDouble.of(mean) : OptionalDouble.empty();
  }
}
