package stops.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import stops.engine.SampleType;
import stops.image.Channel;
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
  void cryptomatteLayersAreNot() {
    assertEquals(
        List.of("R"),
        light(Map.of("cryptomatte/f83/name", "matte"), "R", "matte00.R", "matte01.G", "matte.B"));
  }

  @Test
  void namesAndPatternsReplaceTheDefault() {
    Part part = part(Map.of(), "A", "R", "spec.R", "spec.G", "a.b");
    assertEquals(List.of("A"), names(part, "A"));
    assertEquals(List.of("spec.R", "spec.G"), names(part, "spec.*"));
    assertEquals(List.of("A", "R"), names(part, "?"));
    assertEquals(List.of("a.b"), names(part, "a.b"));
    assertEquals(
        List.of("T", "x*"), LightChannels.named(List.of("A", "T", "x*")).missing(List.of(part)));
  }

  private static List<String> light(Map<String, String> attributes, String... channels) {
    return names(part(attributes, channels));
  }

  private static List<String> names(Part part, String... patterns) {
    List<String> names = new ArrayList<>();
    LightChannels.named(List.of(patterns)).of(part).stream()
        .forEach(i -> names.add(part.channels().get(i).name()));
    return names;
  }

  private static Part part(Map<String, String> attributes, String... channels) {
    Window window = Window.ofSize(1, 1);
    return new Part(
        "",
        window,
        window,
        List.of(channels).stream().map(n -> Channel.of(n, SampleType.FLOAT16)).toList(),
        "",
        attributes);
  }
}
