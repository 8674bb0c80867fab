package stops.wedge;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import stops.display.FalseColour;
import stops.engine.ExactStops;

/** A sheet as a page by itself: a picture for each exposure, and its label as text. */
final class HtmlSheet {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; }
      body { margin: 1.5rem; background: #262626; color: #e6e6e6; font: 16px/1.4 system-ui, sans-serif; }
      h1 { font-size: 1.2rem; margin: 0; overflow-wrap: anywhere; }
      p, dl { color: #a8a8a8; margin: .25rem 0 1rem; font-size: .85rem; overflow-wrap: anywhere; }
      main { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(min(WIDTH, 100%), 1fr)); }
      figure { margin: 0; text-align: center; }
      img { max-width: 100%; height: auto; image-rendering: auto; }
      ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .5rem 1rem; }
      li span { display: inline-block; width: 1.1em; height: 1.1em; margin-right: .4em; vertical-align: -.15em; border: 1px solid #a8a8a8; }
      """;

  private HtmlSheet() {}

  static void write(
      OutputStream out,
      List<ExactStops> exposures,
      List<Exposed> pictures,
      Look look,
      Captions captions)
      throws IOException {
    print(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            + "<title>"
            + escaped(captions.title())
            + "</title>\n");
    for (Map.Entry<String, String> text : captions.texts().entrySet()) {
      print(
          out,
          "<meta name=\""
              + text.getKey().toLowerCase(Locale.ROOT).replace(' ', '-')
              + "\" content=\""
              + escaped(text.getValue())
              + "\">\n");
    }
    print(
        out,
        "<style>\n"
            + STYLE.replace("WIDTH", pictures.getFirst().width() + "px")
            + "</style>\n</head>\n<body>\n<h1>"
            + escaped(captions.title())
            + "</h1>\n<p>"
            + escaped(captions.subtitle())
            + "</p>\n<main>\n");
    for (int i = 0; i < pictures.size(); i++) {
      String label = Sheet.label(exposures.get(i));
      print(
          out,
          String.format(
              Locale.ROOT,
              "<figure><img width=\"%d\" height=\"%d\" alt=\"at %s stops\" src=\"data:image/png;base64,",
              pictures.get(i).width(),
              pictures.get(i).height(),
              label));
      print(out, Base64.getEncoder().encodeToString(Wedge.png(pictures.get(i), look)));
      print(
          out,
          captions.labelled()
              ? "\"><figcaption>" + label + "</figcaption></figure>\n"
              : "\"></figure>\n");
    }
    print(out, "</main>\n" + legend(look) + "</body>\n</html>\n");
  }

  private static String legend(Look look) {
    FalseColour colours = look.colours();
    if (colours == null) {
      return "";
    }
    StringBuilder list = new StringBuilder("<ul>\n");
    item(list, FalseColour.NO_LIGHT, "zero and less");
    colours.legend().forEach(band -> item(list, band.rgb(), band.name().replace('-', '\u2212')));
    item(list, FalseColour.NAN, "not a number");
    return list.append("</ul>\n").toString();
  }

  private static void item(StringBuilder list, int rgb, String name) {
    list.append(
        String.format(
            Locale.ROOT,
            "<li><span style=\"background:#%06x\"></span>%s</li>\n",
            rgb,
            escaped(name)));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static void print(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
