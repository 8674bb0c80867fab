package stops.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import stops.format.Formats;
import stops.image.Channel;
import stops.image.ImageFormat;
import stops.image.ImageInfo;
import stops.image.ImageSource;
import stops.image.Part;
import stops.stats.ChannelStatistics;
import stops.stats.FileStatistics;
import stops.strip.StripWorkers;

/** {@code stops info}: what a file says of itself. */
@Command(
    description =
        "Prints what an HDR file says of itself: domain, parts, channels, windows, attributes; with "
            + "--stats also what its samples are like.")
final class InfoCommand implements CommonCommand {
  @Mixin CommonOptions common = new CommonOptions();
  @Mixin WorkOptions work = new WorkOptions();

  @Parameters(paramLabel = "FILE", description = "The file.")
  Path file = Path.of("");

  @Option(
      names = "--raw",
      paramLabel = "TYPE",
      description = "The file is raw samples: f16, f32 or f64, and little (default) or big.")
  @Nullable String raw;

  @Option(
      names = "--stats",
      description =
          "Read all samples: range in intensity and in stops, and counts of what has no exposure.")
  boolean stats;

  @Override
  public CommonOptions common() {
    return common;
  }

  @Override
  public Integer call() throws Exception {
    ImageFormat format = raw == null ? Formats.of(file) : RawOption.parse(raw);
    try (ImageSource source = format.open(file)) {
      ImageInfo info = source.info();
      List<ChannelStatistics> statistics = stats ? statistics(source) : List.of();
      if (common.json) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", file.toString());
        json.put("format", info.format());
        json.put("domain", info.domain().toString());
        json.put("origins", new LinkedHashMap<>(info.origins()));
        json.put("parts", info.parts());
        if (stats) {
          json.put("statistics", statistics.stream().map(StatisticsText::json).toList());
        }
        Json.print(json);
      } else {
        System.out.print(text(info));
        if (stats) {
          System.out.print(StatisticsText.table(statistics));
        }
      }
      return ExitStatus.DONE;
    }
  }

  private List<ChannelStatistics> statistics(ImageSource source) throws Exception {
    try (StripWorkers workers = StripWorkers.reading(work.threads(), work.memoryBytes())) {
      return FileStatistics.of(file, source, workers);
    }
  }

  private String text(ImageInfo info) {
    StringBuilder out = new StringBuilder();
    out.append("%s: %s, %s%n".formatted(file, info.format(), info.domain()));
    for (Part part : info.parts()) {
      String indent = "  ";
      if (info.parts().size() > 1 || !part.name().isEmpty()) {
        out.append("%spart \"%s\"%n".formatted(indent, part.name()));
        indent = "    ";
      }
      out.append("%sdata window     %s%n".formatted(indent, part.dataWindow()));
      out.append("%sdisplay window  %s%n".formatted(indent, part.displayWindow()));
      out.append("%sstructure       %s%n".formatted(indent, part.structure()));
      for (Channel channel : part.channels()) {
        out.append("%schannel         %s%n".formatted(indent, describe(info, part, channel)));
      }
      for (Map.Entry<String, String> attribute : part.attributes().entrySet()) {
        out.append("%s%s = %s%n".formatted(indent, attribute.getKey(), attribute.getValue()));
      }
    }
    return out.toString();
  }

  private static String describe(ImageInfo info, Part part, Channel channel) {
    StringBuilder text = new StringBuilder(channel.name()).append(", ").append(channel.typeName());
    if (channel.xSampling() != 1 || channel.ySampling() != 1) {
      text.append(
          ", sampled every %d × %d pixels".formatted(channel.xSampling(), channel.ySampling()));
    }
    var origin = info.origins().get(ImageInfo.originKey(part, channel));
    return origin == null ? text.toString() : text + ", was " + origin;
  }
}
