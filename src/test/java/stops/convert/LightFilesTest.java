package stops.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.exr.OpenExrTools;
import stops.image.Domain;
import stops.image.ImageException;

/**
 * The right channels of a file are converted, to exposure and back, as read by oiiotool and
 * exrheader.
 */
class LightFilesTest {
  private static final String MIXED =
      "R=0.5,G=0.25,B=0.125,diffuse.r=1,diffuse.g=2,diffuse.b=4,spec.red=8,spec.green=16,"
          + "spec.blue=32,AO=-0.5,Mist.V=3,N.R=-1,N.G=-0.5,N.B=0.25";

  @TempDir Path folder = Path.of("");

  private LayeredFiles files = new LayeredFiles(folder);

  @BeforeEach
  void tools() throws Exception {
    OpenExrTools.require();
    files = new LayeredFiles(folder);
  }

  private FileReport convert(String from, String to, Domain domain) throws Exception {
    return convert(from, to, domain, List.of(), List.of());
  }

  private FileReport convert(
      String from, String to, Domain domain, List<String> channels, List<String> exclude)
      throws Exception {
    return LayeredFiles.convert(
        FileRequest.of(files.path(from), files.path(to), domain).withChannels(channels, exclude));
  }

  private void assertSame(String a, String b, int part) throws Exception {
    assertEquals(files.values(a, part), files.values(b, part));
  }

  @Test
  void everyLayerOfLightIsConvertedAndAllElseIsAsItWas() throws Exception {
    files.constant("in.exr", MIXED, "-d half");
    FileReport report = convert("in.exr", "out.exr", Domain.EXPOSURE);
    assertEquals(
        Map.ofEntries(
            Map.entry("R", -1.0),
            Map.entry("G", -2.0),
            Map.entry("B", -3.0),
            Map.entry("diffuse.r", 0.0),
            Map.entry("diffuse.g", 1.0),
            Map.entry("diffuse.b", 2.0),
            Map.entry("spec.red", 3.0),
            Map.entry("spec.green", 4.0),
            Map.entry("spec.blue", 5.0),
            Map.entry("AO", -0.5),
            Map.entry("Mist.V", 3.0),
            Map.entry("N.R", -1.0),
            Map.entry("N.G", -0.5),
            Map.entry("N.B", 0.25)),
        files.values("out.exr", 0));
    assertEquals(
        List.of(
            new LayerReport("", "", List.of("AO"), "float16", "float16", false, "occlusion", ""),
            new LayerReport("", "", List.of("B", "G", "R"), "float16", "float32", true, "", ""),
            new LayerReport("", "Mist", List.of("V"), "float16", "float16", false, "depth", ""),
            new LayerReport(
                "", "N", List.of("B", "G", "R"), "float16", "float16", false, "normals", ""),
            new LayerReport(
                "", "diffuse", List.of("b", "g", "r"), "float16", "float32", true, "", ""),
            new LayerReport(
                "", "spec", List.of("blue", "green", "red"), "float16", "float32", true, "", "")),
        report.layers());
    assertEquals(List.of(), report.warnings());
    convert("out.exr", "back.exr", Domain.INTENSITY);
    assertSame("in.exr", "back.exr", 0);
    assertEquals(files.attributes("in.exr", "channels"), files.attributes("back.exr", "channels"));
    assertEquals(List.of("intensity"), files.attributes("back.exr", "stopsDomain"));
    assertEquals(List.of(), files.attributes("back.exr", "stopsOrigins"));
  }

  @Test
  void cryptomattePartIsLeftBitForBitAlsoWhereAnotherPartHasTheManifest() throws Exception {
    files.oiiotool(
        "--pattern constant:color=0.5,0.25,0.125 9x7 3 --attrib oiio:subimagename rgba"
            + " --attrib cryptomatte/9a8/name someAssets"
            + " --create 9x7 4 --noise:type=uniform:min=-1e30:max=1e30:seed=3 --chnames R,G,B,A"
            + " --attrib oiio:subimagename someAssets00 --siappend -d float -o in.exr");
    FileReport report = convert("in.exr", "out.exr", Domain.EXPOSURE);
    String ids = files.hash("in.exr", 1, "A,B,G,R");
    assertEquals(ids, files.hash("out.exr", 1, "A,B,G,R"));
    assertNotEquals(files.hash("in.exr", 0, "B,G,R"), files.hash("out.exr", 0, "B,G,R"));
    assertEquals(List.of("exposure", "intensity"), files.attributes("out.exr", "stopsDomain"));
    assertEquals("Cryptomatte ids", report.layers().getLast().reason());
    convert("out.exr", "back.exr", Domain.INTENSITY);
    assertEquals(ids, files.hash("back.exr", 1, "A,B,G,R"));
    assertSame("in.exr", "back.exr", 0);
  }

  @Test
  void excludedLayersAreLeftAndNotConvertedBackEither() throws Exception {
    files.constant("in.exr", MIXED, "-d float");
    FileReport report =
        convert("in.exr", "out.exr", Domain.EXPOSURE, List.of(), List.of("spec", "G"));
    Map<String, Double> values = files.values("out.exr", 0);
    assertEquals(List.of(8.0, 16.0, 32.0), specular(values));
    assertEquals(0.25, values.get("G"));
    assertEquals(-1.0, values.get("R"));
    assertEquals(2.0, values.get("diffuse.b"));
    assertTrue(report.layers().stream().anyMatch(layer -> layer.reason().equals("excluded")));
    convert("out.exr", "back.exr", Domain.INTENSITY);
    assertSame("in.exr", "back.exr", 0);
  }

  private static List<Double> specular(Map<String, Double> values) {
    return List.of("spec.red", "spec.green", "spec.blue").stream().map(values::get).toList();
  }

  @Test
  void namedChannelsComeBackWhateverTheyAreCalled() throws Exception {
    files.constant("in.exr", MIXED, "-d half");
    convert("in.exr", "out.exr", Domain.EXPOSURE, List.of("Mist.V", "spec.*"), List.of());
    assertEquals(
        List.of("Mist.V=float16 spec.blue=float16 spec.green=float16 spec.red=float16"),
        files.attributes("out.exr", "stopsOrigins"));
    FileReport report = convert("out.exr", "back.exr", Domain.INTENSITY);
    assertEquals(4, report.channels().stream().filter(ChannelReport::converted).count());
    assertSame("in.exr", "back.exr", 0);
  }

  @Test
  void layersMayGoAndComeInSeveralConversions() throws Exception {
    files.constant("in.exr", MIXED, "-d half");
    convert("in.exr", "a.exr", Domain.EXPOSURE, List.of("diffuse.*"), List.of());
    // The second conversion covers the rest of the light.
    FileReport rest = convert("a.exr", "b.exr", Domain.EXPOSURE);
    assertEquals(6, rest.channels().stream().filter(ChannelReport::converted).count());
    convert("in.exr", "once.exr", Domain.EXPOSURE);
    assertSame("once.exr", "b.exr", 0);
    assertEquals(
        files.attributes("once.exr", "stopsOrigins"), files.attributes("b.exr", "stopsOrigins"));
    // One layer is converted back. The file still states that the others are exposures.
    FileReport part = convert("b.exr", "c.exr", Domain.INTENSITY, List.of("spec.*"), List.of());
    assertEquals(List.of(8.0, 16.0, 32.0), specular(files.values("c.exr", 0)));
    assertEquals(List.of("exposure"), files.attributes("c.exr", "stopsDomain"));
    assertTrue(part.notes().getFirst().endsWith("B, G, R, diffuse.b, diffuse.g, diffuse.r"));
    convert("c.exr", "back.exr", Domain.INTENSITY);
    assertSame("in.exr", "back.exr", 0);
    assertEquals(files.attributes("in.exr", "channels"), files.attributes("back.exr", "channels"));
  }

  @Test
  void partsRememberForThemselves() throws Exception {
    files.oiiotool(
        "--pattern constant:color=0.5,0.25,0.125 9x7 3 --attrib oiio:subimagename left"
            + " --pattern constant:color=0.5,0.25,0.125 9x7 3 --attrib oiio:subimagename right"
            + " --siappend -d half -o in.exr");
    convert("in.exr", "out.exr", Domain.EXPOSURE, List.of("left/*"), List.of());
    assertEquals(Map.of("R", -1.0, "G", -2.0, "B", -3.0), files.values("out.exr", 0));
    assertSame("in.exr", "out.exr", 1);
    assertEquals(List.of("exposure", "intensity"), files.attributes("out.exr", "stopsDomain"));
    convert("out.exr", "back.exr", Domain.INTENSITY);
    assertSame("in.exr", "back.exr", 0);
    assertSame("in.exr", "back.exr", 1);
    convert("out.exr", "both.exr", Domain.EXPOSURE);
    assertEquals(Map.of("R", -1.0, "G", -2.0, "B", -3.0), files.values("both.exr", 1));
    assertSame("both.exr", "both.exr", 0);
    assertEquals(List.of("exposure", "exposure"), files.attributes("both.exr", "stopsDomain"));
  }

  @Test
  void gainIsNotedInThePartsThatHaveIt() throws Exception {
    files.oiiotool(
        "--pattern constant:color=0.5,0.25,0.125 9x7 3 --attrib oiio:subimagename rgba"
            + " --pattern constant:color=0.5,0.25,0.125 9x7 3 --attrib oiio:subimagename normals"
            + " --siappend -d half -o in.exr");
    FileRequest there =
        FileRequest.of(files.path("in.exr"), files.path("out.exr"), Domain.EXPOSURE);
    LayeredFiles.convert(
        new FileRequest(
            there.input(),
            there.output(),
            there.to(),
            null,
            1.5,
            there.zero(),
            List.of(),
            false,
            1));
    assertEquals(List.of("1.5"), files.attributes("out.exr", "stopsGain"));
    LayeredFiles.convert(
        new FileRequest(
            there.output(),
            files.path("back.exr"),
            Domain.INTENSITY,
            null,
            -1.5,
            there.zero(),
            List.of(),
            false,
            1));
    assertEquals(List.of(), files.attributes("back.exr", "stopsGain"));
    assertSame("in.exr", "back.exr", 0);
  }

  @Test
  void namesThatCannotBeMeantAreRefused() throws Exception {
    files.constant("in.exr", MIXED, "-d half");
    convert("in.exr", "out.exr", Domain.EXPOSURE, List.of(), List.of("spec"));
    assertRefused("no exposures", "out.exr", Domain.INTENSITY, List.of("spec.red"), List.of());
    assertRefused("already holds", "out.exr", Domain.EXPOSURE, List.of("R"), List.of());
    assertRefused(
        "named specular to exclude", "in.exr", Domain.EXPOSURE, List.of(), List.of("specular"));
    assertRefused("not excluded", "in.exr", Domain.EXPOSURE, List.of(), List.of("*"));
    convert("in.exr", "fine.exr", Domain.EXPOSURE, List.of(), List.of("crypto*"));
  }

  private void assertRefused(
      String why, String file, Domain to, List<String> channels, List<String> exclude) {
    ImageException refused =
        assertThrows(
            ImageException.class, () -> convert(file, "refused.exr", to, channels, exclude));
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains(why), message);
    assertEquals(ImageException.Side.INPUT, refused.side());
    assertEquals(1, message.lines().count());
  }

  @Test
  void layerThatMayBeLightAndWasLeftIsAWarning() throws Exception {
    files.constant("in.exr", "R=1,G=1,B=1,fill.c0=1,fill.c1=1,fill.c2=1,temp=3", "-d half");
    FileReport report = convert("in.exr", "out.exr", Domain.EXPOSURE);
    assertEquals(
        List.of(
            "fill.c0,fill.c1,fill.c2: looks like light, but was left (unknown name); name what to"
                + " convert with --channels"),
        report.warnings());
  }

  @Test
  void layerThatLooksLikeNormalsIsAWarning() throws Exception {
    files.oiiotool(
        "--create 64x48 3 --noise:type=uniform:min=-1:max=1:seed=5 --chnames facing.R,facing.G,facing.B"
            + " --pattern constant:color=1,0.5,0.2 64x48 3 --noise:type=gaussian:stddev=0.3:seed=1"
            + " --chappend -d half -o in.exr");
    FileReport report = convert("in.exr", "out.exr", Domain.EXPOSURE);
    assertEquals(
        List.of(
            "facing: was converted as light, but looks like normals or vectors; --exclude facing"
                + " leaves it"),
        report.warnings());
    FileReport back = convert("out.exr", "back.exr", Domain.INTENSITY);
    assertEquals(List.of(), back.warnings());
  }

  @Test
  void noiseAroundBlackIsNoNormal() throws Exception {
    files.oiiotool(
        "--create 64x48 3 --noise:type=gaussian:mean=0.02:stddev=0.01:seed=5 -d half -o in.exr");
    assertEquals(List.of(), convert("in.exr", "out.exr", Domain.EXPOSURE).warnings());
  }
}
