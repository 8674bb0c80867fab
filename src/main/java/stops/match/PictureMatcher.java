package stops.match;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import stops.format.Formats;
import stops.image.ImageException;
import stops.image.ImageSource;
import stops.image.Part;
import stops.image.Window;
import stops.strip.StripWorkers;

/**
 * Compares pictures with one reference, which is read once for all that cover the same pixels.
 * Confined to one thread; files are read by all of {@code workers}.
 */
public final class PictureMatcher {
  private final Path reference;
  private final MatchRequest request;
  private final StripWorkers workers;
  private @Nullable Window lastRegion;
  private @Nullable PixelMask lastMask;
  private @Nullable PixelLevels lastReference;

  /** Compares with {@code reference}. */
  public PictureMatcher(Path reference, MatchRequest request, StripWorkers workers) {
    this.reference = reference;
    this.request = request;
    this.workers = workers;
  }

  /**
   * By how many stops {@code other} is above the reference: one number, or one for each channel.
   *
   * @throws ImageException if a file cannot be read, or the pictures are not of the same pixels
   * @throws TooLittleToMatch if too few pixels can be compared
   * @throws InterruptedException if the calling thread was interrupted
   */
  public List<Match> match(Path other)
      throws ImageException, TooLittleToMatch, InterruptedException {
    try (ImageSource a = open(reference);
        ImageSource b = open(other)) {
      PictureLight lightA = PictureLight.of(reference, a.info(), request);
      PictureLight lightB = PictureLight.of(other, b.info(), request);
      checkAlike(lightA, other, lightB);
      Window windowA = lightA.part().dataWindow();
      Window windowB = lightB.part().dataWindow();
      if (!request.distribution()) {
        checkSize(lightA.part(), other, lightB.part());
      }
      Window regionA =
          region(windowA, request.distribution() ? windowA : windowB, reference, other);
      Window regionB = request.distribution() ? region(windowB, windowB, other, other) : regionA;
      PixelLevels levelsA = reference(a, lightA, regionA);
      PixelMask mask = regionA.equals(regionB) ? lastMask : mask(regionB);
      PixelChoice choice = PixelChoice.of(regionB, mask, PixelLevels.mostPixels(lightB));
      return matches(levelsA, PixelLevels.read(other, b, lightB, choice, workers));
    } catch (TooLittleToMatch e) {
      throw e.in(other);
    }
  }

  /**
   * By how many stops the geometric mean of a picture, or of the request's region, is above an
   * intensity: of its luminance, or of each channel.
   *
   * @param value the intensity, above 0
   */
  public static List<Match> level(
      Path picture, double value, MatchRequest request, StripWorkers workers)
      throws ImageException, TooLittleToMatch, InterruptedException {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("an intensity of " + value + " has no exposure");
    }
    PictureMatcher matcher = new PictureMatcher(picture, request, workers);
    try (ImageSource source = matcher.open(picture)) {
      PictureLight light = PictureLight.of(picture, source.info(), request);
      Window window = light.part().dataWindow();
      PixelLevels levels =
          matcher.reference(source, light, matcher.region(window, window, picture, picture));
      List<Match> matches = new ArrayList<>();
      for (Side side : matcher.sides(levels)) {
        matches.add(MeanLevel.of(side, request.floorStops(), value));
      }
      return List.copyOf(matches);
    } catch (TooLittleToMatch e) {
      throw e.in(picture);
    }
  }

  private ImageSource open(Path file) throws ImageException {
    return Formats.of(file).open(file, workers.memory());
  }

  private void checkAlike(PictureLight lightA, Path other, PictureLight lightB)
      throws ImageException {
    if (request.perChannel() && lightA.channels().size() != lightB.channels().size()) {
      throw ImageException.input(
          other,
          String.format(
              Locale.ROOT,
              "has %s, and %s has %s: channels are compared one by one, and need to be as many",
              names(lightB),
              reference,
              names(lightA)));
    }
  }

  private static String names(PictureLight light) {
    return String.join(
        ", ", IntStream.range(0, light.channels().size()).mapToObj(light::name).toList());
  }

  /**
   * Checks that pixels of the same coordinates show the same place: data windows have the same
   * size, or are parts of the same display window.
   */
  private void checkSize(Part a, Path other, Part b) throws ImageException {
    Window windowA = a.dataWindow();
    Window windowB = b.dataWindow();
    boolean sameSize = windowA.width() == windowB.width() && windowA.height() == windowB.height();
    if (!sameSize && !a.displayWindow().equals(b.displayWindow())
        || windowA.intersection(windowB).isEmpty()) {
      throw ImageException.input(
          other,
          String.format(
              Locale.ROOT,
              "has other pixels, %s, than %s, %s; --distribution compares pictures of different "
                  + "framing",
              windowB,
              reference,
              windowA));
    }
  }

  /** The pixels of both windows in the region of interest. */
  private Window region(Window a, Window b, Path first, Path second) throws ImageException {
    Optional<Window> common = a.intersection(b);
    Window roi = request.roi();
    if (common.isPresent() && roi != null) {
      common = common.get().intersection(roi);
    }
    if (common.isEmpty()) {
      throw ImageException.input(
          a.equals(b) ? first : second,
          "has no pixel of the region " + (roi == null ? "of " + first : roi.toString()));
    }
    return common.get();
  }

  private @Nullable PixelMask mask(Window region) throws ImageException, InterruptedException {
    Path file = request.mask();
    if (file == null) {
      return null;
    }
    try (ImageSource source = open(file)) {
      return PixelMask.read(file, source, region, workers);
    }
  }

  /** The reference's pixels in a region, from memory if they were read before. */
  private PixelLevels reference(ImageSource source, PictureLight light, Window region)
      throws ImageException, TooLittleToMatch, InterruptedException {
    PixelLevels held = lastReference;
    if (held != null && region.equals(lastRegion)) {
      return held;
    }
    lastReference = null;
    lastMask = mask(region);
    lastRegion = region;
    PixelChoice choice = PixelChoice.of(region, lastMask, PixelLevels.mostPixels(light));
    if (choice.count() == 0) {
      throw TooLittleToMatch.of("too little to rest on: the mask marks no pixel of it");
    }
    held = PixelLevels.read(reference, source, light, choice, workers);
    lastReference = held;
    return held;
  }

  /** What is compared of a picture: its luminance, or each channel. */
  private List<Side> sides(PixelLevels levels) {
    PictureLight light = levels.light();
    int count = light.channels().size();
    double[] clips = new double[count];
    Double given = request.clipStops();
    for (int c = 0; c < count; c++) {
      clips[c] = given == null ? levels.clip(c) : given;
    }
    if (!request.perChannel()) {
      return List.of(
          new Side(
              "luminance",
              levels.stops()[count],
              Arrays.copyOf(levels.stops(), count),
              clips,
              levels.blocks()));
    }
    List<Side> sides = new ArrayList<>();
    for (int c = 0; c < count; c++) {
      float[] stops = levels.stops()[c];
      sides.add(
          new Side(
              light.name(c),
              stops,
              new float[][] {stops},
              new double[] {clips[c]},
              levels.blocks()));
    }
    return sides;
  }

  private List<Match> matches(PixelLevels a, PixelLevels b) throws TooLittleToMatch {
    List<Side> sidesA = sides(a);
    List<Side> sidesB = sides(b);
    List<Match> matches = new ArrayList<>();
    for (int i = 0; i < sidesB.size(); i++) {
      matches.add(
          request.distribution()
              ? new QuantileRatios(sidesA.get(i), sidesB.get(i), request.floorStops()).match()
              : new PixelRatios(sidesA.get(i), sidesB.get(i), request.floorStops()).match());
    }
    return List.copyOf(matches);
  }
}
