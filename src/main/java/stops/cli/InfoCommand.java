package stops.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.cli.Option;
import stops.cli.syntax.Arguments;
import stops.cli.syntax.Command;
import stops.cli.syntax.CommonOptions;
import stops.cli.syntax.Syntax;
import stops.cli.syntax.ValueSyntax;
import stops.cli.syntax.WorkOptions;
import stops.cli.terminal.Console;
import stops.cli.terminal.ExitStatus;
import stops.cli.terminal.StandardFiles;
import stops.format.Formats;
import stops.image.Channel;
import stops.image.ImageException;
import stops.image.ImageFormat;
import stops.image.ImageInfo;
import stops.image.ImageSource;
import stops.image.Part;

/** {@code stops info}: prints the description of a file. */
final class InfoCommand implements Command {

  @Override
  public Syntax syntax() {
    List<Option> options = new ArrayList<>();
    options.add(
        Syntax.value(
            "raw",
            "TYPE",
            "The file is raw samples: f16, f32 or f64, and little (default) or big: f32,big."));
    options.addAll(WorkOptions.OPTIONS);
    options.addAll(CommonOptions.OPTIONS);
    return new Syntax(
        "info",
        "FILE",
        List.of(
            "Prints what an HDR file says of itself: domain, parts, channels, windows, attributes. "
                + "- is standard input. See stops stats for what its samples are like."),
        options);
  }

  @Override
  public int run(Arguments given) throws Exception {
    CommonOptions common = CommonOptions.of(given);
    WorkOptions work = WorkOptions.of(given);
    Path named = given.files(1, 1, "FILE").getFirst();
    String raw = given.value("raw");
    ImageFormat rawFormat = raw == null ? null : ValueSyntax.raw("--raw", raw);
    try (StandardFiles standard = new StandardFiles()) {
      Path file = standard.input(named);
      try {
        ImageFormat format = rawFormat == null ? Formats.of(file) : rawFormat;
        try (ImageSource source = format.open(file, work.memory())) {
          if (common.json()) {
            Console.json(json(standard.told(file.toString()), source));
          } else {
            Console.results(lines(standard.told(file.toString()), source));
          }
        }
      } catch (ImageException e) {
        throw standard.told(e);
      }
    }
    return ExitStatus.DONE;
  }

  private static List<String> lines(String file, ImageSource source) {
    List<String> lines = new ArrayList<>();
    addInfo(lines, file, source.info());
    source.notes().forEach(note -> lines.add("  note: " + note));
    return lines;
  }

  private static Map<String, Object> json(String file, ImageSource source) {
    ImageInfo info = source.info();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", file);
    json.put("format", info.format());
    json.put("domain", info.domain().toString());
    json.put("domainKnown", info.domainKnown());
    json.put("origins", new LinkedHashMap<>(info.origins()));
    json.put("parts", info.parts());
    json.put("notes", source.notes());
    return json;
  }

  private static String domain(ImageInfo info) {
    return info.domainKnown() ? info.domain().toString() : "intensity or exposure, not said";
  }

  private static void addInfo(List<String> lines, String file, ImageInfo info) {
    lines.add(file + ": " + info.format() + ", " + domain(info));
    for (Part part : info.parts()) {
      String indent = "  ";
      if (info.parts().size() > 1 || !part.name().isEmpty()) {
        lines.add(indent + "part \"" + part.name() + "\"");
        indent = "    ";
      }
      lines.add(indent + "data window     " + part.dataWindow());
      lines.add(indent + "display window  " + part.displayWindow());
      lines.add(indent + "structure       " + part.structure());
      for (Channel channel : part.channels()) {
        lines.add(indent + "channel         " + describe(info, part, channel));
      }
      for (Map.Entry<String, String> attribute : part.attributes().entrySet()) {
        lines.add(indent + attribute.getKey() + " = " + attribute.getValue());
      }
    }
  }

  private static String describe(ImageInfo info, Part part, Channel channel) {
    StringBuilder text = new StringBuilder(channel.name()).append(", ").append(channel.typeName());
    if (channel.xSampling() != 1 || channel.ySampling() != 1) {
      text.append(
          String.format(
              Locale.ROOT,
              ", sampled every %d × %d pixels",
              channel.xSampling(),
              channel.ySampling()));
    }
    var origin = info.origins().get(ImageInfo.originKey(part, channel));
    return origin == null ? text.toString() : text + ", was " + origin;
  }
}
