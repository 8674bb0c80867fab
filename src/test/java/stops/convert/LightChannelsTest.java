package stops.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import stops.engine.SampleType;
import stops.image.Channel;
import stops.image.Domain;
import stops.image.ImageInfo;
import stops.image.Part;
import stops.image.Window;

class LightChannelsTest {

  @Test
  void colourIsLightInEveryLayerAndAlphaDepthAndIdsAreNot() {
    assertEquals(
        List.of("B", "G", "R", "diffuse.R", "left.spec.G"),
        light(Map.of(), "A", "B", "G", "R", "Z", "diffuse.R", "diffuse.A", "id", "left.spec.G"));
  }

  @Test
  void luminanceIsLightButChromaIsNot() {
    assertEquals(List.of("Y"), light(Map.of(), "BY", "RY", "Y"));
  }

  @Test
  void yOfAVectorIsNotLight() {
    assertEquals(List.of("Y"), light(Map.of(), "N.X", "N.Y", "N.Z", "Y", "P.Y", "P.Z"));
  }

  @Test
  void numberedChannelsAreLight() {
    assertEquals(List.of("0", "1"), light(Map.of(), "0", "1"));
  }

  @Test
  void luminanceBesideDepthIsLight() {
    assertEquals(List.of("", "depth"), reasons(part("", Map.of(), "Y", "Z")));
    assertEquals(List.of("vectors", "vectors"), reasons(part("", Map.of(), "foo.Y", "foo.Z")));
    assertEquals(
        List.of("vectors", "vectors", "vectors"), reasons(part("", Map.of(), "X", "Y", "Z")));
  }

  @Test
  void channelsOfOtherNamesAreLeftForWhatTheyAre() {
    Map<String, String> kinds =
        Map.ofEntries(
            Map.entry("ViewLayer.Combined.A", "alpha"),
            Map.entry("ViewLayer.Normal.X", "normals"),
            Map.entry("ViewLayer.IndexOB.X", "ids"),
            Map.entry("ViewLayer.UV.U", "texture coordinates"),
            Map.entry("ViewLayer.Vector.X", "vectors"),
            Map.entry("ViewLayer.Mist.Z", "depth"),
            Map.entry("ViewLayer.Depth.Z", "depth"),
            Map.entry("ViewLayer.CryptoObject00.r", "Cryptomatte ids"),
            Map.entry("Depth.V", "depth"),
            Map.entry("Z", "depth"),
            Map.entry("z", "depth"),
            Map.entry("a", "alpha"),
            Map.entry("AR", "alpha"),
            Map.entry("Oi.r", "masks"),
            Map.entry("N.X", "normals"),
            Map.entry("motionvector.X", "vectors"),
            Map.entry("forward.u", "vectors"),
            Map.entry("disparityL.x", "vectors"),
            Map.entry("mask.a", "masks"),
            Map.entry("depth.Z", "depth"),
            Map.entry("dPdtime.x", "vectors"),
            Map.entry("__st.x", "texture coordinates"),
            Map.entry("cpuTime", "measurements"),
            Map.entry("PRadius", "depth"),
            Map.entry("objectId", "ids"),
            Map.entry("AO", "occlusion"),
            Map.entry("BY", "chroma"));
    kinds.forEach(
        (name, kind) -> assertEquals(List.of(kind), reasons(part("", Map.of(), name)), name));
  }

  @Test
  void manyAndLongNamesTakeNoLongTime() {
    String[] names = new String[50_000];
    for (int i = 0; i < names.length; i++) {
      names[i] = "layer" + i / 3 + ".c" + i;
    }
    assertEquals(50_000, reasons(part("motion_blur_".repeat(100_000), Map.of(), names)).size());
  }

  @Test
  void numberBesideColoursIsNotLight() {
    assertEquals(List.of("B", "G", "R"), light(Map.of(), "0", "1", "B", "G", "R"));
    assertEquals(List.of("", "", "", "unnamed"), reasons(part("", Map.of(), "R", "G", "B", "3")));
  }

  @Test
  void numberIsNotLightIfAnotherPartHasColours() {
    List<List<LightChannels.Choice>> choices =
        LightChannels.byDefault()
            .of(info(part("rgba", Map.of(), "B", "G", "R"), part("x", Map.of(), "0", "1")));
    assertEquals(
        List.of("unnamed", "unnamed"),
        choices.get(1).stream().map(LightChannels.Choice::reason).toList());
    choices =
        LightChannels.byDefault().of(info(part("l", Map.of(), "0"), part("r", Map.of(), "0")));
    assertEquals(List.of(LightChannels.Choice.LIGHT), choices.get(1));
    assertEquals(List.of("unnamed", "depth"), reasons(part("", Map.of(), "0", "Z")));
    assertEquals(List.of("unnamed"), reasons(part("", Map.of(), "a.0")));
  }

  /** Compared one by one, names of this number take hours. */
  @Test
  void manyCryptomattesAndManyLayersTakeNoLongTime() {
    Map<String, String> manifests = new HashMap<>();
    String[] names = new String[200_000];
    for (int i = 0; i < names.length; i++) {
      manifests.put("cryptomatte/" + i + "/name", "asset" + i + "x");
      names[i] = "left.asset" + i + "x00.R";
    }
    assertEquals(List.of(), light(manifests, names));
    names = new String[500_000];
    for (int i = 0; i < names.length; i++) {
      names[i] = "fill.c" + i;
    }
    assertEquals("unknown name", reasons(part("", Map.of(), names)).getLast());
  }

  @Test
  void coloursAreAlsoInLowerCaseOrSpelledOut() {
    assertEquals(
        List.of("diffuse.b", "diffuse.g", "spec.Red", "spec.BLUE"),
        light(Map.of(), "diffuse.b", "diffuse.g", "diffuse.a", "spec.Red", "spec.BLUE", "Mist.V"));
  }

  @Test
  void everyChannelThatIsLeftHasAReason() {
    assertEquals(
        List.of(
            "alpha",
            "occlusion",
            "depth",
            "normals",
            "",
            "chroma",
            "vectors",
            "depth",
            "unknown name"),
        reasons(
            part(
                "",
                Map.of(),
                "A",
                "AO",
                "Mist.V",
                "N.X",
                "R",
                "RY",
                "foo.X",
                "foo.depth",
                "temp")));
  }

  @Test
  void cryptomatteLayersAreNot() {
    Map<String, String> manifest = Map.of("cryptomatte/f83/name", "asset");
    assertEquals(
        List.of("R", "assetlight.R"),
        light(manifest, "R", "asset00.R", "asset01.G", "asset.B", "left.asset.R", "assetlight.R"));
    assertEquals(
        List.of("a.R", "b.R"),
        light(Map.of("cryptomatte/1/name", "a.b1"), "A.B123.R", "x.a.b1.y.G", "a.R", "b.R"));
  }

  @Test
  void cryptomattePartIsKnownByTheManifestOfAnotherAndByItsName() {
    Part beauty = part("rgba", Map.of("cryptomatte/9a8/name", "uAsset"), "B", "G", "R");
    ImageInfo info =
        info(
            beauty,
            part("uAsset00", Map.of(), "A", "B", "G", "R"),
            part("CryptoObject01", Map.of(), "A", "B", "G", "R"));
    List<List<LightChannels.Choice>> choices = LightChannels.byDefault().of(info);
    assertEquals(3, choices.get(0).stream().filter(LightChannels.Choice::light).count());
    assertEquals(0, choices.get(1).stream().filter(LightChannels.Choice::light).count());
    assertEquals(0, choices.get(2).stream().filter(LightChannels.Choice::light).count());
  }

  @Test
  void lightThatIsLeftForItsNameIsDoubtful() {
    assertEquals(List.of("gas_mask_beauty.R"), doubtful("gas_mask_beauty.R", "beauty_mask.R"));
    assertEquals(
        List.of("fill.c1", "fill.c2", "fill.c3"), doubtful("fill.c1", "fill.c2", "fill.c3"));
    assertEquals(
        List.of("specular", "foo_R"), doubtful("specular", "foo_R", "temp", "heat", "fuel"));
    assertEquals(List.of(), doubtful("A", "AO", "N.R", "Z", "id", "foo.X", "foo.Y", "foo.Z", "R"));
  }

  @Test
  void namesAndPatternsReplaceTheDefault() {
    Part part = part("", Map.of(), "A", "R", "spec.R", "spec.G", "a.b");
    assertEquals(List.of("A"), names(part, List.of("A"), List.of()));
    assertEquals(List.of("spec.R", "spec.G"), names(part, List.of("spec.*"), List.of()));
    assertEquals(List.of("A", "R"), names(part, List.of("?"), List.of()));
    assertEquals(List.of("a.b"), names(part, List.of("a.b"), List.of()));
    LightChannels names = LightChannels.of(List.of("A", "T", "x*"), List.of());
    assertEquals(List.of("T", "x*"), names.missing(List.of(part)));
  }

  @Test
  void excludedAreLeftWhetherByChannelLayerPartOrPattern() {
    Part part = part("left", Map.of(), "R", "G", "spec.R", "spec.raw.R", "spec2.R");
    assertEquals(
        List.of("G", "spec.R", "spec.raw.R", "spec2.R"), names(part, List.of(), List.of("R")));
    assertEquals(List.of("R", "G", "spec2.R"), names(part, List.of(), List.of("spec")));
    assertEquals(List.of("R", "G"), names(part, List.of(), List.of("spec*")));
    assertEquals(List.of("G", "spec2.R"), names(part, List.of(), List.of("left/R", "left/spec")));
    assertEquals(List.of(), names(part, List.of(), List.of("left")));
    assertEquals(List.of("spec.R"), names(part, List.of("spec.*"), List.of("spec.raw")));
    LightChannels names = LightChannels.of(List.of(), List.of("spec", "Q", "crypto*"));
    assertEquals(List.of("Q"), names.missingExcluded(List.of(part)));
  }

  private static List<String> light(Map<String, String> attributes, String... channels) {
    return names(part("", attributes, channels), List.of(), List.of());
  }

  private static List<String> names(Part part, List<String> channels, List<String> exclude) {
    List<LightChannels.Choice> choices =
        LightChannels.of(channels, exclude).of(info(part)).getFirst();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < choices.size(); i++) {
      if (choices.get(i).light()) {
        names.add(part.channels().get(i).name());
      }
    }
    return names;
  }

  private static List<String> reasons(Part part) {
    return LightChannels.byDefault().of(info(part)).getFirst().stream()
        .map(LightChannels.Choice::reason)
        .toList();
  }

  private static List<String> doubtful(String... channels) {
    Part part = part("", Map.of(), channels);
    List<LightChannels.Choice> choices = LightChannels.byDefault().of(info(part)).getFirst();
    return Stream.of(channels)
        .filter(name -> choices.get(List.of(channels).indexOf(name)).doubtful())
        .toList();
  }

  private static ImageInfo info(Part... parts) {
    return new ImageInfo("OpenEXR", Domain.INTENSITY, List.of(parts), Map.of());
  }

  private static Part part(String name, Map<String, String> attributes, String... channels) {
    Window window = Window.ofSize(1, 1);
    return new Part(
        name,
        window,
        window,
        Stream.of(channels).map(n -> Channel.of(n, SampleType.FLOAT16)).toList(),
        "",
        attributes);
  }
}
