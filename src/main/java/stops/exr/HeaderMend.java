package stops.exr;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import stops.exr.codec.Compression;
import stops.exr.codec.ExrException;

/**
 * Completes the attributes of a header as OpenEXR's reader does. Of several attributes with one
 * name, the last one counts. A missing attribute gets OpenEXR's default, if there is one. Every
 * reader accepts the completed header.
 *
 * <p>Source: OpenEXR 3.1, ImfHeader.cpp, {@code Header::readFrom} and {@code Header::initialize}.
 */
final class HeaderMend {
  /** The window that OpenEXR gives to a header without one. */
  private static final Box DEFAULT_WINDOW = new Box(0, 0, 63, 63);

  private final Map<String, Attribute> attributes = new LinkedHashMap<>();
  private final Set<String> notes = new LinkedHashSet<>();

  private HeaderMend() {}

  /**
   * A completed header.
   *
   * @param attributes in file order, each name once
   * @param notes the faults found, one line each
   */
  record Mended(List<Attribute> attributes, List<String> notes) {}

  /**
   * Completes a header.
   *
   * @throws ExrException if an attribute occurs twice with different types
   */
  static Mended mend(List<Attribute> attributes) throws ExrException {
    HeaderMend mend = new HeaderMend();
    mend.takeLast(attributes);
    mend.complete();
    return new Mended(List.copyOf(mend.attributes.values()), List.copyOf(mend.notes));
  }

  private void takeLast(List<Attribute> all) throws ExrException {
    for (Attribute attribute : all) {
      String name = Names.printable(attribute.name());
      Attribute before = attributes.put(attribute.name(), attribute);
      if (before != null && !before.type().equals(attribute.type())) {
        throw new ExrException(
            String.format(
                Locale.ROOT,
                "attribute %s is there twice, as %s and as %s",
                name,
                Names.printable(before.type()),
                Names.printable(attribute.type())));
      }
      if (before != null) {
        notes.add("attribute " + name + " is there more than once; the last one counts");
      }
    }
  }

  private void complete() {
    Stream.of(
            Attribute.coded("compression", "compression", Compression.ZIP.ordinal()),
            Attribute.ofBox("dataWindow", DEFAULT_WINDOW),
            Attribute.ofBox("displayWindow", DEFAULT_WINDOW),
            Attribute.coded("lineOrder", "lineOrder", LineOrder.INCREASING_Y.ordinal()),
            Attribute.ofFloat("pixelAspectRatio", 1),
            new Attribute("screenWindowCenter", "v2f", new byte[8]),
            Attribute.ofFloat("screenWindowWidth", 1))
        .forEach(standard -> {
          if (attributes.putIfAbsent(standard.name(), standard) == null) {
            notes.add(
                String.format(
                    Locale.ROOT,
                    "attribute %s is missing; it is taken as %s, as OpenEXR does",
                    standard.name(),
                    standard.text()));
          }
        });
  }
}
