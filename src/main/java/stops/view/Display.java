package stops.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * False colour: bands of one stop each, counted from a middle grey of 0.18. The page draws them
 * from the luminance of a pixel, with the weights of ITU-R BT.709.
 */
final class Display {
  private static final double MIDDLE_GREY_STOPS = Math.log(0.18) / Math.log(2);
  private static final int FIRST = -6;

  /** Colours from six stops below grey, and less, to six above, and more. */
  private static final int[] COLOURS = {
    0x16002e, 0x3b0f6f, 0x2438a8, 0x1f6fd0, 0x19a7c9, 0x1f9e5a, 0x808080, 0x9ecb3c, 0xf2e13a,
    0xf5ad2c, 0xee6a24, 0xd42a2a, 0xffffff
  };

  private Display() {}

  /** The bands for the page: name, first exposure in stops, and colour from 0 to 1. */
  static Map<String, Object> json() {
    List<Map<String, Object>> bands = new ArrayList<>();
    for (int i = 0; i < COLOURS.length; i++) {
      Map<String, Object> band = new LinkedHashMap<>();
      int stops = FIRST + i;
      String end = i == 0 ? " and less" : i == COLOURS.length - 1 ? " and more" : "";
      band.put("name", stops == 0 ? "0 (0.18)" : String.format(Locale.ROOT, "%+d%s", stops, end));
      band.put("from", MIDDLE_GREY_STOPS + stops - 0.5);
      int rgb = COLOURS[i];
      band.put(
          "rgb", List.of((rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0));
      bands.add(band);
    }
    return Map.of("bands", bands, "weights", List.of(0.2126, 0.7152, 0.0722));
  }
}
