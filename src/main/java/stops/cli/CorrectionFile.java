package stops.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import stops.cli.terminal.UsageException;
import stops.image.AtomicFile;
import stops.image.ImageException;
import stops.math.Scalar;
import stops.text.OneLine;

/**
 * A file of ASC CDL corrections (version 1.2): a ColorCorrection, or for several pictures a
 * ColorCorrectionCollection or a ColorDecisionList. A correction multiplies each channel by its
 * slope, which is 2 to the power of minus the picture's stops; offset 0, power 1 and saturation 1
 * change nothing.
 *
 * <p>The file is begun before the pictures are read, so that one that cannot be written costs no
 * work. It is replaced in one step.
 */
final class CorrectionFile implements AutoCloseable {
  private static final String NAMESPACE = "urn:ASC:CDL:v1.2";
  private static final List<String> ENDINGS = List.of("cc", "ccc", "cdl");
  private static final int CHANNELS = 3;
  private static final MathContext DIGITS = new MathContext(9);

  private final @Nullable AtomicFile file;
  private final String ending;

  private CorrectionFile(@Nullable AtomicFile file, String ending) {
    this.file = file;
    this.ending = ending;
  }

  /** Fails if no such file can hold the corrections of this many pictures. */
  static void check(Path path, int pictures) throws UsageException {
    String ending = ending(path);
    if (!ENDINGS.contains(ending)) {
      throw new UsageException("--cdl: " + path + " does not end in .cc, .ccc or .cdl");
    }
    if (ending.equals("cc") && pictures > 1) {
      throw new UsageException(
          "--cdl: a .cc file holds one correction; write those of several pictures to a .ccc or "
              + ".cdl file");
    }
  }

  /** Begins a file; null for none. */
  static CorrectionFile begin(@Nullable Path path) throws ImageException {
    return path == null
        ? new CorrectionFile(null, "")
        : new CorrectionFile(AtomicFile.create(path), ending(path));
  }

  private static String ending(Path path) {
    String name = String.valueOf(path.getFileName());
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /** Writes the corrections of all pictures. */
  void write(List<PictureMatch> pictures) throws ImageException, UsageException {
    AtomicFile target = file;
    if (target == null) {
      return;
    }
    byte[] bytes = text(ending, pictures).getBytes(StandardCharsets.UTF_8);
    target.write(ByteBuffer.wrap(bytes), 0);
    target.commit();
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
    }
  }

  /** The text of a file with this ending. */
  static String text(String ending, List<PictureMatch> pictures) throws UsageException {
    StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    Set<String> ids = new HashSet<>();
    switch (ending) {
      case "cc" -> correction(text, "", pictures.getFirst(), ids, " xmlns=\"" + NAMESPACE + "\"");
      case "ccc" -> {
        text.append("<ColorCorrectionCollection xmlns=\"" + NAMESPACE + "\">\n");
        for (PictureMatch picture : pictures) {
          correction(text, "  ", picture, ids, "");
        }
        text.append("</ColorCorrectionCollection>\n");
      }
      default -> {
        text.append("<ColorDecisionList xmlns=\"" + NAMESPACE + "\">\n");
        for (PictureMatch picture : pictures) {
          text.append("  <ColorDecision>\n    <MediaRef ref=\"")
              .append(escaped(reference(picture.file())))
              .append("\"/>\n");
          correction(text, "    ", picture, ids, "");
          text.append("  </ColorDecision>\n");
        }
        text.append("</ColorDecisionList>\n");
      }
    }
    return text.toString();
  }

  private static void correction(
      StringBuilder text, String indent, PictureMatch picture, Set<String> ids, String namespace)
      throws UsageException {
    text.append(indent)
        .append("<ColorCorrection")
        .append(namespace)
        .append(" id=\"")
        .append(id(picture.file(), ids))
        .append("\">\n");
    for (String line :
        List.of(
            "  <SOPNode>",
            "    <Description>" + description(picture) + "</Description>",
            "    <Slope>" + slopes(picture.allStops()) + "</Slope>",
            "    <Offset>0 0 0</Offset>",
            "    <Power>1 1 1</Power>",
            "  </SOPNode>",
            "  <SatNode>",
            "    <Saturation>1</Saturation>",
            "  </SatNode>",
            "</ColorCorrection>")) {
      text.append(indent).append(line).append('\n');
    }
  }

  private static String description(PictureMatch picture) {
    return escaped(OneLine.of(picture.file())) + " to its reference, by stops match";
  }

  private static String slopes(List<Double> stops) throws UsageException {
    if (stops.size() != 1 && stops.size() != CHANNELS) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "--cdl: a CDL has slopes for red, green and blue, not for %d channels; leave out "
                  + "--per-channel, or name three with --channels",
              stops.size()));
    }
    StringBuilder slopes = new StringBuilder();
    for (int c = 0; c < CHANNELS; c++) {
      double slope = Scalar.intensity(-stops.get(c % stops.size()));
      slopes
          .append(c == 0 ? "" : " ")
          .append(new BigDecimal(slope).round(DIGITS).stripTrailingZeros().toPlainString());
    }
    return slopes.toString();
  }

  /** A name that XML takes as an identifier, and that is given once. */
  private static String id(String file, Set<String> given) {
    String name = String.valueOf(Path.of(file).getFileName());
    String bare = name.lastIndexOf('.') > 0 ? name.substring(0, name.lastIndexOf('.')) : name;
    String id = bare.replaceAll("[^A-Za-z0-9._-]", "_");
    id = id.matches("[A-Za-z_].*") ? id : "_" + id;
    String unique = id;
    for (int number = 2; !given.add(unique); number++) {
      unique = id + "-" + number;
    }
    return unique;
  }

  /** A file's name as a relative URI. */
  private static String reference(String file) {
    try {
      return new URI(null, null, file.startsWith("/") ? file : "./" + file, null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
