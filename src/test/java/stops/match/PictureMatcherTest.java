package stops.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.Command;
import stops.Required;
import stops.Stops;
import stops.image.Domain;
import stops.image.ImageException;
import stops.image.MemoryBound;
import stops.image.Window;
import stops.strip.StripWorkers;

class PictureMatcherTest {
  private static final MatchRequest REQUEST = MatchRequest.byDefault();
  private static final Path DESK = Path.of("src/main/examples/desk.exr");

  @TempDir Path folder = Path.of("");

  private Path file(String name, Scene scene) throws Exception {
    return scene.write(folder.resolve(name));
  }

  private List<Match> match(Scene reference, Scene other, MatchRequest request) throws Exception {
    return Stops.match(file("reference.pfm", reference), file("other.pfm", other), request);
  }

  private Path oiiotool(Path input, String name, String... arguments) throws Exception {
    Required.program("oiiotool");
    Path output = folder.resolve(name);
    List<String> words = new ArrayList<>(List.of("oiiotool", input.toString()));
    words.addAll(List.of(arguments));
    words.addAll(List.of("-o", output.toString()));
    String unused = Command.outputOf(words.toArray(String[]::new));
    return output;
  }

  private static Scene scene(long seed) {
    return Scene.of(seed, 256, 192);
  }

  /** The scene as a camera sees it that clips at 1. */
  private static Scene seen(long seed, Scene scene) {
    return scene.noisy(seed, 0.005, 0.01).clipped(1);
  }

  @Test
  void anExactCopyIsAtItsDistance() throws Exception {
    for (double stops : new double[] {-12, -1, 0, 0.97, 3}) {
      Match match = match(scene(1), scene(1).moved(stops), REQUEST).getFirst();
      assertEquals(stops, match.stops(), 1e-6);
      assertEquals("luminance", match.channel());
      assertEquals(1, match.fraction());
      assertEquals(256 * 192, match.compared());
    }
  }

  @Test
  void eachChannelHasItsOwnDistance() throws Exception {
    Scene other = scene(2).moved(0.5, 0, -0.25);
    List<Match> matches = match(scene(2), other, REQUEST.withPerChannel(true));
    assertEquals(List.of("R", "G", "B"), matches.stream().map(Match::channel).toList());
    assertEquals(0.5, matches.get(0).stops(), 1e-5);
    assertEquals(0, matches.get(1).stops(), 1e-5);
    assertEquals(-0.25, matches.get(2).stops(), 1e-5);
    List<Match> green = match(scene(2), other, REQUEST.withChannels(List.of("G")));
    assertEquals(0, green.getFirst().stops(), 1e-5);
    Match luminance = match(scene(2), other, REQUEST).getFirst();
    assertTrue(luminance.stops() > 0 && luminance.stops() < 0.2, luminance.toString());
  }

  @Test
  void aRegionIsComparedByItself() throws Exception {
    Scene other = scene(3).moved(1).painted(0, 0, 64, 192, 0.1);
    Match right =
        match(scene(3), other, REQUEST.withRegion(new Window(64, 10, 299, 59), null)).getFirst();
    assertEquals(192 * 50, right.compared());
    assertEquals(1, right.fraction());
    assertEquals(1, right.stops(), 1e-6);
    ImageException none =
        assertThrows(
            ImageException.class,
            () -> match(scene(3), other, REQUEST.withRegion(new Window(300, 0, 309, 9), null)));
    assertTrue(String.valueOf(none.getMessage()).contains("no pixel of the region"), none + "");
  }

  @Test
  void aMaskMarksThePixelsThatCount() throws Exception {
    Scene other = scene(4).moved(1).painted(0, 0, 256, 100, 0.1);
    Scene marks = scene(4).moved(-200).painted(5, 100, 105, 190, 0.51);
    Path mask = file("mask.pfm", marks);
    Match marked = match(scene(4), other, REQUEST.withRegion(null, mask)).getFirst();
    assertEquals(100 * 90, marked.compared());
    assertEquals(1, marked.fraction());
    assertEquals(1, marked.stops(), 1e-6);
    Window above = new Window(0, 0, 99, 99);
    TooLittleToMatch none =
        assertThrows(
            TooLittleToMatch.class, () -> match(scene(4), other, REQUEST.withRegion(above, mask)));
    assertTrue(String.valueOf(none.getMessage()).contains("mask"), none.toString());
  }

  @Test
  void exposuresAndIntensitiesCompare() throws Exception {
    Path intensities = file("intensities.pfm", scene(5));
    Path exposures = folder.resolve("exposures.exr");
    try (Stops stops = Stops.open("cpu")) {
      var unused = stops.convert(file("bright.pfm", scene(5).moved(2)), exposures, Domain.EXPOSURE);
    }
    assertEquals(2, Stops.match(intensities, exposures, REQUEST).getFirst().stops(), 1e-5);
    assertEquals(-2, Stops.match(exposures, intensities, REQUEST).getFirst().stops(), 1e-5);
    Match level = Stops.match(0.18, exposures, REQUEST).getFirst();
    assertEquals(
        level.stops(), Stops.match(0.18, intensities, REQUEST).getFirst().stops() + 2, 1e-5);
  }

  @Test
  void whatTheSamplesMeanIsToldWhereAFileCannotSayIt() throws Exception {
    Scene stops = Scene.of(6, 64, 64);
    float[] logarithms = new float[stops.samples().length];
    for (int i = 0; i < logarithms.length; i++) {
      logarithms[i] = (float) (Math.log(stops.samples()[i]) / Math.log(2));
    }
    Path exposures = file("stops.pfm", new Scene(64, 64, logarithms));
    Path told = file("same.pfm", new Scene(64, 64, logarithms));
    MatchRequest request = REQUEST.withDomain(Domain.EXPOSURE);
    double expected = 0;
    for (int i = 0; i < 64 * 64; i++) {
      double luminance =
          0.2126 * stops.samples()[3 * i]
              + 0.7152 * stops.samples()[3 * i + 1]
              + 0.0722 * stops.samples()[3 * i + 2];
      expected += Math.log(luminance / 0.18) / Math.log(2) / (64 * 64);
    }
    assertEquals(expected, Stops.match(0.18, exposures, request).getFirst().stops(), 1e-5);
    assertEquals(0, Stops.match(exposures, told, request).getFirst().stops());
  }

  @Test
  void aLevelIsTheGeometricMeanOfARegion() throws Exception {
    Path grey = file("grey.pfm", scene(7).painted(10, 20, 50, 60, 0.36));
    MatchRequest region = REQUEST.withRegion(new Window(10, 20, 49, 59), null);
    Match match = Stops.match(0.18, grey, region).getFirst();
    assertEquals(1, match.stops(), 1e-6);
    assertEquals(0, match.standardError(), 1e-6);
    assertEquals(1600, match.pixels());
    assertThrows(IllegalArgumentException.class, () -> Stops.match(0, grey, region));
  }

  @Test
  void tooDarkOrTooDifferentIsSaid() throws Exception {
    Scene black = scene(8).moved(-300);
    for (MatchRequest request : List.of(REQUEST, REQUEST.withDistribution(true))) {
      TooLittleToMatch dark =
          assertThrows(TooLittleToMatch.class, () -> match(scene(8), black, request));
      String message = String.valueOf(dark.getMessage());
      assertTrue(message.contains("other.pfm: too little to rest on"), message);
    }
    MatchRequest high = REQUEST.withLimits(20.0, null);
    assertThrows(TooLittleToMatch.class, () -> match(scene(8), scene(8), high));
    MatchRequest low = REQUEST.withLimits(null, -20.0);
    assertThrows(TooLittleToMatch.class, () -> match(scene(8), scene(8), low));
  }

  @Test
  void floorAndClippingCanBeGiven() throws Exception {
    Match all = match(scene(9), scene(9).moved(1), REQUEST).getFirst();
    Match some = match(scene(9), scene(9).moved(1), REQUEST.withLimits(-3.0, -1.0)).getFirst();
    assertEquals(-3, some.floorStops());
    assertEquals(-1, some.clipStops());
    assertTrue(some.pixels() < all.pixels(), some + " " + all);
    assertEquals(1, some.stops(), 1e-6);
  }

  @Test
  void picturesOfOtherSizesAreComparedByDistributionOnly() throws Exception {
    Scene cropped = scene(10).moved(0.5).cropped(2, 2, 252, 188);
    ImageException other =
        assertThrows(ImageException.class, () -> match(scene(10), cropped, REQUEST));
    assertTrue(String.valueOf(other.getMessage()).contains("--distribution"), other + "");
    Match match = match(scene(10), cropped, REQUEST.withDistribution(true)).getFirst();
    assertEquals(0.5, match.stops(), 0.1);
  }

  @Test
  void dataWindowsInOneDisplayWindowAreComparedWhereTheyOverlap() throws Exception {
    Path brighter = oiiotool(DESK, "b.exr", "--mulc", "2", "--crop", "100x80+30+20");
    Match match = Stops.match(DESK, brighter, REQUEST).getFirst();
    assertEquals(8000, match.compared());
    assertEquals(1, match.stops(), 1e-4);
    Path cut = oiiotool(DESK, "c.exr", "--cut", "100x80+30+20");
    assertThrows(ImageException.class, () -> Stops.match(DESK, cut, REQUEST));
  }

  @Test
  void theDifferencesOfABracketAddUp() throws Exception {
    List<Path> bracket = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      String gain = Double.toString(Math.pow(2, 1.7 * (i - 2)));
      bracket.add(oiiotool(DESK, i + ".exr", "--mulc", gain, "--clamp:max=1", "-d", "half"));
    }
    double sum = 0;
    for (int i = 0; i < 5; i++) {
      Match match = Stops.match(bracket.get(i), bracket.get((i + 1) % 5), REQUEST).getFirst();
      assertEquals(i < 4 ? 1.7 : -6.8, match.stops(), 0.005, i + ": " + match);
      sum += match.stops();
    }
    assertEquals(0, sum, 0.005);
  }

  /** Most of what the brightest does not clip is below the noise of the darkest. */
  @Test
  void theStandardErrorCoversWhatNoiseHides() throws Exception {
    Path dark = oiiotool(DESK, "d.exr", "--mulc", "0.2", "--noise:stddev=0.001:seed=1");
    Path bright =
        oiiotool(DESK, "b.exr", "--mulc", "5", "--noise:stddev=0.001:seed=2", "--clamp:max=1");
    Match match = Stops.match(dark, bright, REQUEST).getFirst();
    double error = match.stops() - Math.log(25) / Math.log(2);
    assertTrue(Math.abs(error) < 2 * match.standardError(), match.toString());
    assertTrue(match.standardError() < 0.5, match.toString());
  }

  @Test
  void everyOrderOfWorkGivesTheSameBits() throws Exception {
    Scene large = Scene.of(11, 700, 500);
    Path a = file("a.pfm", seen(1, large));
    Path b = file("b.pfm", seen(2, large.moved(0.97)));
    Path tiles = oiiotool(b, "tiles.exr", "-d", "float", "--tile", "64", "48");
    Path levels = folder.resolve("levels.exr");
    String unused =
        Command.outputOf(
            "maketx", "-d", "float", "--noresize", "--tile", "32", "32", b + "", "-o", levels + "");
    for (boolean distribution : new boolean[] {false, true}) {
      MatchRequest request = REQUEST.withDistribution(distribution).withPerChannel(distribution);
      List<Match> expected = Stops.match(a, b, request);
      for (int threads : new int[] {1, 2, 7}) {
        MemoryBound memory = new MemoryBound((threads == 7 ? 512L : 24L) << 20);
        try (StripWorkers workers = StripWorkers.reading(threads, memory)) {
          PictureMatcher matcher = new PictureMatcher(a, request, workers);
          for (Path other : List.of(b, tiles, levels)) {
            assertEquals(expected, matcher.match(other), other + " " + threads);
          }
        }
      }
    }
  }

  @Test
  void oneReferenceServesPicturesOfSeveralRegions() throws Exception {
    Path part = oiiotool(DESK, "p.exr", "--mulc", "2", "--crop", "100x80+30+20");
    Path whole = oiiotool(DESK, "w.exr", "--mulc", "4");
    try (StripWorkers workers = StripWorkers.reading(2, MemoryBound.DEFAULT)) {
      PictureMatcher matcher = new PictureMatcher(DESK, REQUEST, workers);
      for (Path other : List.of(whole, part, part, whole)) {
        assertEquals(Stops.match(DESK, other, REQUEST), matcher.match(other));
      }
    }
  }

  @Test
  void channelsThatAreNoColoursHaveNoLuminance() throws Exception {
    Path swapped = oiiotool(DESK, "s.exr", "--chnames", "R,G,X");
    ImageException none =
        assertThrows(ImageException.class, () -> Stops.match(DESK, swapped, REQUEST));
    assertTrue(String.valueOf(none.getMessage()).contains("--channels"), none.toString());
  }
}
