package stops.exr.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A rule that assigns a DWA scheme to channels. It applies to channels of the type {@code type}
 * whose name without the layer is {@code suffix}. The rules of a block are in its header.
 *
 * @param suffix the channel's name without its layer
 * @param type the type of the samples
 * @param scheme the coding of the channel
 * @param colour 0, 1, 2 for red, green, blue; -1 for other channels. The three colours of a layer
 *     are coded together.
 * @param anyCase whether the channel's name is converted to lower case before the comparison
 */
record DwaRule(String suffix, PixelType type, DwaScheme scheme, int colour, boolean anyCase) {

  /** The rules for blocks without rules, as in the first versions of the format. */
  static final List<DwaRule> LEGACY = legacy();

  /** The rules for new files. */
  static final List<DwaRule> USUAL = usual();

  /** Reads rules from {@code packed}, from {@code from} to before {@code end}. */
  static List<DwaRule> read(byte[] packed, int from, int end) throws ExrException {
    List<DwaRule> rules = new ArrayList<>();
    int at = from;
    while (at < end) {
      int start = at;
      while (at < end && packed[at] != 0) {
        at++;
      }
      if (end - at < 3) {
        throw new ExrException("DWA rule ends early");
      }
      String suffix = new String(packed, start, at - start, StandardCharsets.UTF_8);
      int flags = packed[at + 1] & 0xff;
      int colour = (flags >>> 4) - 1;
      int scheme = flags >>> 2 & 3;
      int type = packed[at + 2] & 0xff;
      if (colour > 2 || scheme >= DwaScheme.values().length || type >= PixelType.values().length) {
        throw new ExrException("DWA rule out of range");
      }
      rules.add(
          new DwaRule(
              suffix,
              PixelType.values()[type],
              DwaScheme.values()[scheme],
              colour,
              (flags & 1) != 0));
      at += 3;
    }
    return rules;
  }

  /** Whether the rule is about a channel. */
  boolean isAbout(ExrChannel channel) {
    String name = channel.name();
    return channel.type() == type && name.substring(name.lastIndexOf('.') + 1).equals(suffix);
  }

  /**
   * Writes rules as {@link #read} reads them.
   *
   * @return index after the last byte written
   */
  static int write(List<DwaRule> rules, byte[] packed, int from) {
    int at = from;
    for (DwaRule rule : rules) {
      byte[] name = rule.suffix.getBytes(StandardCharsets.UTF_8);
      System.arraycopy(name, 0, packed, at, name.length);
      at += name.length;
      int scheme = rule.scheme.ordinal() << 2;
      packed[at++] = 0;
      packed[at++] = (byte) (rule.colour + 1 << 4 | scheme | (rule.anyCase ? 1 : 0));
      packed[at++] = (byte) rule.type.ordinal();
    }
    return at;
  }

  private static List<DwaRule> usual() {
    List<DwaRule> rules = new ArrayList<>();
    List<String> colours = List.of("R", "G", "B");
    for (PixelType type : List.of(PixelType.HALF, PixelType.FLOAT)) {
      for (String name : List.of("R", "G", "B", "Y", "BY", "RY")) {
        rules.add(new DwaRule(name, type, DwaScheme.LOSSY, colours.indexOf(name), false));
      }
    }
    for (PixelType type : PixelType.values()) {
      rules.add(new DwaRule("A", type, DwaScheme.RUNS, -1, false));
    }
    return List.copyOf(rules);
  }

  private static List<DwaRule> legacy() {
    List<DwaRule> rules = new ArrayList<>();
    String[][] names = {{"r", "red"}, {"g", "grn", "green"}, {"b", "blu", "blue"}};
    for (PixelType type : List.of(PixelType.HALF, PixelType.FLOAT)) {
      for (int colour = 0; colour < names.length; colour++) {
        for (String name : names[colour]) {
          rules.add(new DwaRule(name, type, DwaScheme.LOSSY, colour, true));
        }
      }
      for (String name : List.of("y", "by", "ry")) {
        rules.add(new DwaRule(name, type, DwaScheme.LOSSY, -1, true));
      }
    }
    for (PixelType type : PixelType.values()) {
      rules.add(new DwaRule("a", type, DwaScheme.RUNS, -1, true));
    }
    return List.copyOf(rules);
  }
}
