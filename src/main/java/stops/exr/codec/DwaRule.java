package stops.exr.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Which channels DWA codes in which way: those of a type whose name, without its layer, is {@code
 * suffix}. A block begins with the rules that count for it.
 *
 * @param suffix the name
 * @param type what the samples are
 * @param scheme how such a channel is coded
 * @param colour 0, 1, 2 for red, green, blue, which are coded together where a layer has all three;
 *     -1 for none of them
 * @param anyCase whether the channel's name is first put into lower case
 */
record DwaRule(String suffix, PixelType type, DwaScheme scheme, int colour, boolean anyCase) {

  /** Those that count where a block has none, as in the first versions of the format. */
  static final List<DwaRule> LEGACY = legacy();

  /** Reads the rules that fill {@code packed} from {@code from} to {@code end}. */
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
