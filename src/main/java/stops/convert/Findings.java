package stops.convert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import stops.engine.Conversion;
import stops.engine.ExactStops;
import stops.engine.SampleType;
import stops.image.Channel;
import stops.image.Domain;
import stops.image.ImageInfo;
import stops.image.Part;
import stops.text.NameList;

/** Makes the reports, warnings and notes of a finished conversion on the channels of a file. */
record Findings(
    ImageInfo info,
    ChannelPlan plan,
    Map<String, ExactStops> stops,
    FileTally tally,
    NormalWatch normals) {

  /** A report on every channel of every part, in file order. */
  List<ChannelReport> channels() {
    List<ChannelReport> reports = new ArrayList<>();
    for (int p = 0; p < info.parts().size(); p++) {
      Part part = info.parts().get(p);
      for (int c = 0; c < part.channels().size(); c++) {
        Channel channel = part.channels().get(c);
        Conversion conversion = plan.conversions().get(p).get(c);
        SampleType target = plan.types().get(p).get(c);
        reports.add(
            new ChannelReport(
                part.name(),
                channel.name(),
                channel.typeName(),
                target == null ? channel.typeName() : target.toString(),
                conversion != null,
                plan.choices().get(p).get(c).reason(),
                stops(ImageInfo.originKey(part, channel)),
                tally.samples(p, c),
                conversion == null ? Map.of() : tally.found(p, c)));
      }
    }
    return reports;
  }

  private String stops(String key) {
    ExactStops amount = stops.get(key);
    return amount == null ? "" : amount.toString();
  }

  /** For each channel that was adjusted, the number of samples that do not come back. */
  Map<String, Long> lost() {
    Map<String, Long> lost = new HashMap<>();
    for (int p = 0; p < info.parts().size(); p++) {
      Part part = info.parts().get(p);
      for (int c = 0; c < part.channels().size(); c++) {
        String key = ImageInfo.originKey(part, part.channels().get(c));
        if (stops.containsKey(key)) {
          lost.put(
              key, tally.found(p, c).values().stream().mapToLong(ChannelReport.Found::count).sum());
        }
      }
    }
    return lost;
  }

  /**
   * A line for each layer that may be light but was copied, or that was converted but may not be
   * light.
   */
  List<String> warnings() {
    List<String> lines = new ArrayList<>();
    for (int p = 0; p < info.parts().size(); p++) {
      Part part = info.parts().get(p);
      Map<String, List<String>> doubtful = new LinkedHashMap<>();
      for (int c = 0; c < part.channels().size(); c++) {
        LightChannels.Choice choice = plan.choices().get(p).get(c);
        if (choice.doubtful()) {
          Channel channel = part.channels().get(c);
          String name = part.name().isEmpty() ? "" : part.name() + "/";
          doubtful
              .computeIfAbsent(
                  LightChannels.layer(channel) + "\n" + choice.reason(), k -> new ArrayList<>())
              .add(name + channel.name());
        }
      }
      doubtful.forEach((key, names) ->
          lines.add(
              String.format(
                  Locale.ROOT,
                  "%s: looks like light, but was left (%s); name what to convert with --channels",
                  NameList.of(names, ","),
                  key.substring(key.indexOf('\n') + 1))));
    }
    lines.addAll(normals.warnings());
    return lines;
  }

  /** A note if some channels of a file converted to intensity still hold exposures. */
  List<String> notes(Domain to) {
    if (to == Domain.EXPOSURE || plan.exposures().isEmpty()) {
      return List.of();
    }
    return List.of(
        "still exposures in stops, as the output says of them: "
            + NameList.of(plan.exposures().keySet().stream().sorted().toList(), ", "));
  }
}
