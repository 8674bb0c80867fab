package stops.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import stops.cli.terminal.Numbers;
import stops.convert.ChannelReport;
import stops.convert.FileReport;
import stops.engine.Anomaly;
import stops.engine.ZeroPolicy;
import stops.sequence.Frame;
import stops.sequence.FrameReport;

/** Unusual samples in the frames of a sequence, added up by channel and kind. */
final class SequenceWarnings {
  private record Kind(String channel, Anomaly anomaly, ZeroPolicy zero, @Nullable Double floor) {}

  private final Frame firstFrame;
  private final ChannelReport.Pixel first;
  private long samples;
  private int frames;

  private SequenceWarnings(Frame firstFrame, ChannelReport.Pixel first) {
    this.firstFrame = firstFrame;
    this.first = first;
  }

  /** A line for each channel and kind. */
  static List<String> of(List<FrameReport> reports) {
    Map<Kind, SequenceWarnings> kinds = new LinkedHashMap<>();
    for (FrameReport frame : reports) {
      FileReport report = frame.report();
      if (report != null && report.written()) {
        for (ChannelReport channel : report.channels()) {
          ConvertText.warned(channel)
              .forEach((anomaly, found) ->
                  kinds
                      .computeIfAbsent(
                          new Kind(
                              ConvertText.name(channel), anomaly, report.zero(), report.floor()),
                          kind -> new SequenceWarnings(frame.frame(), found.first()))
                      .add(found.count()));
        }
      }
    }
    List<String> lines = new ArrayList<>();
    kinds.forEach((kind, found) -> lines.add(found.line(kind)));
    return lines;
  }

  private void add(long count) {
    samples += count;
    frames++;
  }

  private String line(Kind kind) {
    return String.format(
        Locale.ROOT,
        "warning: %s: %s %s; in %s, first in %s at (%d, %d)",
        kind.channel(),
        Numbers.grouped(samples),
        ConvertText.describe(kind.anomaly(), kind.zero(), kind.floor()),
        SequenceText.count(firstFrame, frames),
        firstFrame.number().isPresent() ? firstFrame.number().getAsInt() : firstFrame.name(),
        first.x(),
        first.y());
  }
}
