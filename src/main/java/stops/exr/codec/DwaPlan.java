package stops.exr.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The coding of each channel of a DWA block, by the block's rules.
 *
 * @param schemes the scheme of each channel
 * @param colours the triples of channels that are coded together: red, green and blue of a layer,
 *     in the order of the layers' names
 */
record DwaPlan(List<DwaScheme> schemes, List<int[]> colours) {

  /** The combined result of all rules for one name and type. */
  private record Verdict(int order, DwaScheme scheme, int colours) {}

  /** The name and type to which a rule applies. */
  private record Key(String suffix, PixelType type, boolean anyCase) {}

  static DwaPlan of(List<ExrChannel> channels, List<DwaRule> rules) throws ExrException {
    Map<Key, Verdict> verdicts = verdicts(rules);
    List<DwaScheme> schemes = new ArrayList<>();
    Map<String, int[]> layers = new TreeMap<>();
    for (int i = 0; i < channels.size(); i++) {
      String name = channels.get(i).name();
      PixelType type = channels.get(i).type();
      int dot = name.lastIndexOf('.');
      String layer = dot < 0 ? "" : name.substring(0, dot);
      String suffix = name.substring(dot + 1);
      Verdict verdict = verdict(verdicts, suffix, type);
      schemes.add(verdict.scheme());
      if (verdict.scheme() == DwaScheme.LOSSY && type == PixelType.UINT) {
        throw new ExrException("DWA rule for integers with loss");
      }
      int[] found = layers.computeIfAbsent(layer, key -> new int[] {-1, -1, -1});
      for (int colour = 0; colour < found.length; colour++) {
        if ((verdict.colours() & 1 << colour) != 0) {
          found[colour] = i;
        }
      }
    }
    List<int[]> colours = new ArrayList<>();
    for (int[] found : layers.values()) {
      if (Arrays.stream(found).allMatch(channel -> channel >= 0) && sameSampling(channels, found)) {
        requireLossy(schemes, found);
        colours.add(found);
      }
    }
    return new DwaPlan(schemes, colours);
  }

  private static Map<Key, Verdict> verdicts(List<DwaRule> rules) {
    Map<Key, Verdict> verdicts = new HashMap<>();
    for (int order = 0; order < rules.size(); order++) {
      DwaRule rule = rules.get(order);
      int colours = rule.colour() < 0 ? 0 : 1 << rule.colour();
      verdicts.merge(
          new Key(rule.suffix(), rule.type(), rule.anyCase()),
          new Verdict(order, rule.scheme(), colours),
          (older, newer) ->
              new Verdict(newer.order(), newer.scheme(), older.colours() | newer.colours()));
    }
    return verdicts;
  }

  /** Combines the matching rules. The last one decides the scheme. Each one may add a colour. */
  private static Verdict verdict(Map<Key, Verdict> verdicts, String suffix, PixelType type) {
    Verdict none = new Verdict(-1, DwaScheme.DEFLATE, 0);
    Verdict exact = verdicts.getOrDefault(new Key(suffix, type, false), none);
    String lower = suffix.toLowerCase(Locale.ROOT);
    Verdict anyCase = verdicts.getOrDefault(new Key(lower, type, true), none);
    Verdict last = exact.order() > anyCase.order() ? exact : anyCase;
    return new Verdict(last.order(), last.scheme(), exact.colours() | anyCase.colours());
  }

  private static boolean sameSampling(List<ExrChannel> channels, int[] found) {
    ExrChannel red = channels.get(found[0]);
    return Arrays.stream(found)
        .mapToObj(channels::get)
        .allMatch(channel ->
            channel.xSampling() == red.xSampling() && channel.ySampling() == red.ySampling());
  }

  private static void requireLossy(List<DwaScheme> schemes, int[] found) throws ExrException {
    for (int channel : found) {
      if (schemes.get(channel) != DwaScheme.LOSSY) {
        throw new ExrException("DWA rules for colours differ");
      }
    }
  }
}
