package stops.format;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import stops.exr.Attribute;
import stops.exr.ExrHeader;

/** The attributes of an EXR file that only another EXR file keeps. */
final class ExrMetadata {
  /** Storage and place of the picture. Every format has its own way to say these. */
  private static final Set<String> STORAGE =
      Set.of(
          "channels",
          "chunkCount",
          "compression",
          "dataWindow",
          "displayWindow",
          "dwaCompressionLevel",
          "lineOrder",
          "tiles",
          "type",
          "version");

  private static final Set<Attribute> USUAL =
      Set.of(
          Attribute.ofFloat("pixelAspectRatio", 1),
          new Attribute("screenWindowCenter", "v2f", new byte[8]),
          Attribute.ofFloat("screenWindowWidth", 1));

  private ExrMetadata() {}

  /** The names of all attributes that describe the picture, each once. */
  static List<String> names(List<ExrHeader> parts) {
    Set<String> names = new LinkedHashSet<>();
    for (ExrHeader part : parts) {
      part.attributes().stream()
          .filter(attribute -> !STORAGE.contains(attribute.name()))
          .filter(attribute -> !USUAL.contains(attribute))
          .filter(attribute -> !ExrHistory.isNote(attribute))
          .forEach(attribute -> names.add(attribute.name()));
    }
    return List.copyOf(names);
  }
}
