package stops.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import stops.convert.FileReport;
import stops.engine.EngineUse;
import stops.sequence.Frame;
import stops.sequence.FrameRanges;
import stops.sequence.FrameReport;

/**
 * What {@code stops convert --frames} tells of a sequence.
 *
 * @param frames all that were asked for
 * @param reports those that ended, in the order of {@code frames}
 * @param engines what each engine did in all
 * @param seconds wall-clock time
 * @param status the exit status
 */
record SequenceText(
    List<Frame> frames,
    List<FrameReport> reports,
    List<EngineUse> engines,
    double seconds,
    int status) {

  /** The exit status that a frame alone would have. */
  static int status(FrameReport frame) {
    if (frame.failure() != null) {
      return Failures.status(frame.failure());
    }
    return frame.status() == FrameReport.Status.FAILED ? ExitStatus.DATA : ExitStatus.DONE;
  }

  /** The line of a frame that has ended: {@code frame NUMBER done|skipped|failed DETAIL}. */
  static String line(FrameReport report) {
    Frame frame = report.frame();
    return switch (report.status()) {
      case DONE -> "frame %d done %s".formatted(frame.number(), frame.output());
      case SKIPPED -> "frame %d skipped %s exists".formatted(frame.number(), frame.output());
      case FAILED -> "frame %d failed with status %d".formatted(frame.number(), status(report));
    };
  }

  /** Why a frame failed, on one line. */
  static String failure(FrameReport report) {
    return "frame %d: %s".formatted(report.frame().number(), reason(report));
  }

  private static String reason(FrameReport report) {
    return report.failure() == null
        ? ConvertText.undefined(Objects.requireNonNull(report.report()))
        : Failures.message(report.failure());
  }

  private List<Integer> numbers(FrameReport.Status status) {
    return reports.stream()
        .filter(report -> report.status() == status)
        .map(report -> report.frame().number())
        .toList();
  }

  private List<FileReport> conversions() {
    return reports.stream().map(FrameReport::report).filter(Objects::nonNull).toList();
  }

  private long samples() {
    return conversions().stream().mapToLong(FileReport::samples).sum();
  }

  /** The last lines for people: what engines did, what was noted, and how the frames ended. */
  String summary() {
    StringBuilder out = new StringBuilder();
    conversions().stream()
        .flatMap(report -> ConvertText.layers(report).stream())
        .distinct()
        .forEach(layer -> out.append("  %s%n".formatted(layer)));
    for (EngineUse use : engines) {
      if (use.samples() > 0) {
        out.append("  %s%n".formatted(EngineText.line(use)));
      }
    }
    // The others have the same engines and reason, but for the size of their files.
    conversions().stream()
        .findFirst()
        .ifPresent(first -> out.append("  chosen because: %s%n".formatted(first.reason())));
    conversions().stream()
        .flatMap(report -> report.notes().stream())
        .distinct()
        .forEach(note -> out.append("  note: %s%n".formatted(note)));
    return out.append(totals()).toString();
  }

  private String totals() {
    List<String> ends = new ArrayList<>();
    for (FrameReport.Status each : FrameReport.Status.values()) {
      List<Integer> numbers = numbers(each);
      if (!numbers.isEmpty()) {
        ends.add("%d %s".formatted(numbers.size(), each.name().toLowerCase(Locale.ROOT)));
      }
    }
    if (reports.size() < frames.size()) {
      ends.add((frames.size() - reports.size()) + " interrupted");
    }
    List<Integer> failed = numbers(FrameReport.Status.FAILED);
    String which = failed.isEmpty() ? "" : " (" + FrameRanges.text(failed) + ")";
    String rate =
        samples() == 0 ? "" : " (%s samples/s)".formatted(Numbers.prefixed(samples() / seconds));
    return "%s: %s%s; %s samples in %s%s%n"
        .formatted(
            frames(frames.size()),
            String.join(", ", ends),
            which,
            Numbers.grouped(samples()),
            Numbers.seconds(seconds),
            rate);
  }

  /** {@code 1 frame}, {@code 2 frames}. */
  static String frames(int count) {
    return count == 1 ? "1 frame" : count + " frames";
  }

  /** A warning for each channel and kind of unusual sample, for all frames together. */
  List<String> warnings() {
    List<String> lines = new ArrayList<>(SequenceWarnings.of(reports));
    conversions().stream()
        .flatMap(report -> ConvertText.doubts(report).stream())
        .distinct()
        .forEach(lines::add);
    lines.addAll(ConvertText.faults(engines));
    return lines;
  }

  /** The sequence as JSON, with all that is known of each frame. */
  Map<String, Object> json() {
    List<Map<String, Object>> each = new ArrayList<>();
    for (FrameReport report : reports) {
      each.add(json(report));
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("frames", each);
    for (FrameReport.Status end : FrameReport.Status.values()) {
      json.put(end.name().toLowerCase(Locale.ROOT), FrameRanges.text(numbers(end)));
    }
    json.put("exitStatus", status);
    json.put("samples", samples());
    json.put("seconds", seconds);
    json.put("engines", engines.stream().map(EngineText::json).toList());
    return json;
  }

  private static Map<String, Object> json(FrameReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("frame", report.frame().number());
    json.put("status", report.status().name().toLowerCase(Locale.ROOT));
    json.put("exitStatus", status(report));
    json.put("input", report.frame().input().toString());
    json.put("output", report.frame().output().toString());
    if (report.status() == FrameReport.Status.FAILED) {
      json.put("error", reason(report));
    }
    if (report.report() != null) {
      json.put("conversion", ConvertText.json(report.report()));
    }
    return json;
  }
}
