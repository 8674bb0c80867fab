package stops.format.radiance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import stops.format.flat.InputFile;
import stops.image.ImageException;

/**
 * The header of a Radiance file: lines of text up to an empty one, then the resolution.
 *
 * <p>Source: Radiance's "File Formats", Picture File Format; src/common/resolu.h.
 *
 * @param lines all lines, {@code #?RADIANCE} included, without the empty one
 * @param xyz whether the channels are X, Y, Z instead of R, G, B
 * @param factors the factor by which each channel was multiplied: the product of all EXPOSURE and
 *     COLORCORR lines
 * @param columns whether a scanline is a column of the picture instead of a row
 * @param bottomUp whether y goes from the bottom to the top
 * @param rightToLeft whether x goes from the right to the left
 * @param width pixels in a row, 1 or more
 * @param height rows, 1 or more
 * @param bytes size of the header, which is the offset of the first scanline
 */
record RadianceHeader(
    List<String> lines,
    boolean xyz,
    List<Double> factors,
    boolean columns,
    boolean bottomUp,
    boolean rightToLeft,
    int width,
    int height,
    long bytes) {
  private static final int MAX_BYTES = 1 << 20;
  private static final String RGBE = "32-bit_rle_rgbe";
  private static final String XYZE = "32-bit_rle_xyze";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]+");
  private static final Pattern RESOLUTION =
      Pattern.compile("\\s*([-+])([XY])\\s*([0-9]{1,10})\\s*([-+])([XY])\\s*([0-9]{1,10})\\s*");

  static RadianceHeader read(InputFile file) throws ImageException {
    byte[] head = file.copyHead(MAX_BYTES);
    List<String> lines = new ArrayList<>();
    int at = 0;
    while (true) {
      String line = line(file, head, at);
      at += line.length() + 1;
      if (line.isBlank()) {
        break;
      }
      lines.add(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
    }
    String resolution = line(file, head, at);
    Matcher parts = RESOLUTION.matcher(resolution);
    if (!parts.matches() || parts.group(2).equals(parts.group(5))) {
      throw file.damaged("has no resolution such as -Y 1080 +X 1920 at offset " + at);
    }
    boolean columns = parts.group(2).equals("X");
    String ySign = parts.group(columns ? 4 : 1);
    String xSign = parts.group(columns ? 1 : 4);
    return new RadianceHeader(
        List.copyOf(lines),
        isXyz(file, lines),
        RadianceFactors.of(file, lines),
        columns,
        ySign.equals("+"),
        xSign.equals("-"),
        size(file, parts.group(columns ? 3 : 6), at),
        size(file, parts.group(columns ? 6 : 3), at),
        at + resolution.length() + 1L);
  }

  private static String line(InputFile file, byte[] head, int start) throws ImageException {
    int end = start;
    while (end < head.length && head[end] != '\n') {
      end++;
    }
    if (end == head.length) {
      throw file.damaged("has no end of its Radiance header, up to offset " + end);
    }
    return new String(head, start, end - start, StandardCharsets.ISO_8859_1);
  }

  private static int size(InputFile file, String digits, int at) throws ImageException {
    long size = Long.parseLong(digits);
    if (size < 1 || size > Integer.MAX_VALUE) {
      throw file.damaged(
          String.format(Locale.ROOT, "has a resolution of %s pixels at offset %d", digits, at));
    }
    return (int) size;
  }

  private static boolean isXyz(InputFile file, List<String> lines) throws ImageException {
    boolean xyz = false;
    for (String line : lines) {
      String format = value(line, "FORMAT");
      if (format != null && !format.equals(RGBE) && !format.equals(XYZE)) {
        String shown = format.replaceAll("[^\\x20-\\x7e]", "?");
        throw file.damaged(
            String.format(
                Locale.ROOT,
                "has the Radiance format %s; Stops reads %s and %s",
                shown.substring(0, Math.min(40, shown.length())),
                RGBE,
                XYZE));
      }
      xyz = format == null ? xyz : format.equals(XYZE);
    }
    return xyz;
  }

  /** The value of the variable {@code name}; null if the line does not set it. */
  static @Nullable String value(String line, String name) {
    return line.startsWith(name + "=") ? line.substring(name.length() + 1).strip() : null;
  }

  /** The variables by name, values of the same name joined, and other lines by number. */
  Map<String, String> attributes() {
    Map<String, StringJoiner> values = new LinkedHashMap<>();
    for (int i = hasMagic() ? 1 : 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      int equals = line.indexOf('=');
      boolean variable = equals > 0 && NAME.matcher(line.substring(0, equals)).matches();
      values
          .computeIfAbsent(
              variable ? line.substring(0, equals) : "line " + (i + 1),
              name -> new StringJoiner(", "))
          .add(variable ? line.substring(equals + 1).strip() : line);
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    values.forEach((name, value) -> attributes.put(name, value.toString()));
    return attributes;
  }

  /** A header for a picture from another format. */
  static RadianceHeader of(boolean xyz, int width, int height) {
    List<String> lines = List.of("#?RADIANCE", "FORMAT=" + (xyz ? XYZE : RGBE));
    return new RadianceHeader(
        lines, xyz, RadianceFactors.NONE, false, false, false, width, height, 0);
  }

  private boolean hasMagic() {
    return !lines.isEmpty() && lines.getFirst().startsWith("#?");
  }

  /**
   * The header as bytes, for rows from the top and pixels from the left. The first line and FORMAT
   * are added where they are missing: Radiance can do without, other readers cannot.
   */
  byte[] write() {
    StringBuilder out = new StringBuilder(hasMagic() ? "" : "#?RADIANCE\n");
    lines.forEach(line -> out.append(line).append('\n'));
    if (lines.stream().noneMatch(line -> value(line, "FORMAT") != null)) {
      out.append("FORMAT=").append(xyz ? XYZE : RGBE).append('\n');
    }
    out.append("\n-Y ").append(height).append(" +X ").append(width).append('\n');
    return out.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
