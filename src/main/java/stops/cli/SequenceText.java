package stops.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import stops.cli.terminal.ExitStatus;
import stops.cli.terminal.Failures;
import stops.cli.terminal.Numbers;
import stops.convert.FileReport;
import stops.convert.LayerReport;
import stops.engine.EngineUse;
import stops.engine.ExactStops;
import stops.sequence.Frame;
import stops.sequence.FrameRanges;
import stops.sequence.FrameReport;

/**
 * The report of {@code stops convert} or {@code stops adjust} on a sequence, or on several files.
 *
 * @param frames all frames, at least one
 * @param reports the reports of the frames that ended, in the order of {@code frames}
 * @param facts what else JSON says of a frame
 * @param engines the work of each engine, all frames together
 * @param seconds wall-clock time
 * @param status the exit status
 */
record SequenceText(
    List<Frame> frames,
    List<FrameReport> reports,
    Function<Frame, Map<String, Object>> facts,
    List<EngineUse> engines,
    double seconds,
    int status) {

  private static final Comparator<ExactStops> BY_SIZE =
      (one, other) -> one.plus(other.negate()).signum();

  /** The exit status for one frame. */
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
      case DONE -> frame.name() + " done " + frame.output();
      case SKIPPED -> frame.name() + " skipped " + frame.output() + " exists";
      case FAILED -> frame.name() + " failed with status " + status(report);
    };
  }

  /** The reason why a frame failed, on one line. The reason of a file names it already. */
  static String failure(FrameReport report) {
    return report.frame().number().isPresent()
        ? report.frame().name() + ": " + reason(report)
        : reason(report);
  }

  /** The line for work that a signal or an interrupt ended. */
  String interruption() {
    Set<Frame> ended = new HashSet<>(reports.stream().map(FrameReport::frame).toList());
    return "ended from outside (by a signal); not done, and nothing of them written: "
        + which(frames.stream().filter(frame -> !ended.contains(frame)).toList());
  }

  /** Frames in the form of {@code --frames}, or the names of files. */
  private static String which(List<Frame> frames) {
    return frames.stream().allMatch(frame -> frame.number().isPresent())
        ? FrameRanges.text(frames.stream().map(frame -> frame.number().orElseThrow()).toList())
        : String.join(", ", frames.stream().map(Frame::name).toList());
  }

  private static String reason(FrameReport report) {
    return report.failure() == null
        ? ConvertText.notWritten(Objects.requireNonNull(report.report()))
        : Failures.message(report.failure());
  }

  private boolean numbered() {
    return frames.getFirst().number().isPresent();
  }

  private List<Frame> ended(FrameReport.Status status) {
    return reports.stream()
        .filter(report -> report.status() == status)
        .map(FrameReport::frame)
        .toList();
  }

  private List<FileReport> conversions() {
    return reports.stream().map(FrameReport::report).filter(Objects::nonNull).toList();
  }

  private long samples() {
    return conversions().stream().mapToLong(FileReport::samples).sum();
  }

  /** The last lines for people: layers, engines, notes, and how many frames ended in which way. */
  List<String> summary() {
    List<String> lines = new ArrayList<>();
    ConvertText.layers(layers()).forEach(layer -> lines.add("  " + layer));
    for (EngineUse use : engines) {
      if (use.samples() > 0) {
        lines.add("  " + ConvertText.line(use));
      }
    }
    // The other frames have the same reason, unless their files are of another size.
    conversions().stream()
        .findFirst()
        .ifPresent(first -> lines.add("  chosen because: " + first.reason()));
    conversions().stream()
        .flatMap(report -> report.notes().stream())
        .distinct()
        .forEach(note -> lines.add("  note: " + note));
    lines.add(totals());
    return lines;
  }

  /** The layers of all files. Those that differ only in their stops are one. */
  private List<LayerReport> layers() {
    Map<LayerReport, TreeSet<ExactStops>> found = new LinkedHashMap<>();
    for (FileReport report : conversions()) {
      for (LayerReport layer : report.layers()) {
        TreeSet<ExactStops> stops =
            found.computeIfAbsent(withStops(layer, ""), key -> new TreeSet<>(BY_SIZE));
        if (!layer.stops().isEmpty()) {
          stops.add(ExactStops.parse(layer.stops()));
        }
      }
    }
    List<LayerReport> layers = new ArrayList<>();
    found.forEach((layer, stops) -> {
      String most = stops.size() > 1 ? " to " + stops.last() : "";
      layers.add(stops.isEmpty() ? layer : withStops(layer, stops.first() + most));
    });
    return layers;
  }

  private static LayerReport withStops(LayerReport layer, String stops) {
    return new LayerReport(
        layer.part(),
        layer.layer(),
        layer.channels(),
        layer.from(),
        layer.to(),
        layer.converted(),
        layer.reason(),
        stops);
  }

  private String totals() {
    String rate =
        samples() == 0
            ? ""
            : String.format(Locale.ROOT, " (%s samples/s)", Numbers.prefixed(samples() / seconds));
    return counts() + " in " + Numbers.seconds(seconds) + rate;
  }

  /** How many frames ended in which way, and the number of samples. */
  String counts() {
    List<String> ends = new ArrayList<>();
    for (FrameReport.Status each : FrameReport.Status.values()) {
      List<Frame> ended = ended(each);
      if (!ended.isEmpty()) {
        ends.add(
            String.format(
                Locale.ROOT, "%d %s", ended.size(), each.name().toLowerCase(Locale.ROOT)));
      }
    }
    if (reports.size() < frames.size()) {
      ends.add((frames.size() - reports.size()) + " interrupted");
    }
    List<Frame> failed = ended(FrameReport.Status.FAILED);
    return String.format(
        Locale.ROOT,
        "%s: %s%s; %s samples",
        count(frames.getFirst(), frames.size()),
        String.join(", ", ends),
        failed.isEmpty() ? "" : " (" + which(failed) + ")",
        Numbers.grouped(samples()));
  }

  /** Why the first frame that failed did; empty if none failed. */
  Optional<String> firstFailure() {
    return reports.stream()
        .filter(report -> report.status() == FrameReport.Status.FAILED)
        .findFirst()
        .map(SequenceText::failure);
  }

  /** {@code 1 frame}, {@code 2 frames}; files if {@code one} has no number. */
  static String count(Frame one, int count) {
    return count + (one.number().isPresent() ? " frame" : " file") + (count == 1 ? "" : "s");
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

  /** The sequence as JSON, with the report of each frame. */
  Map<String, Object> json() {
    List<Map<String, Object>> each = new ArrayList<>();
    for (FrameReport report : reports) {
      each.add(json(report));
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(numbered() ? "frames" : "files", each);
    for (FrameReport.Status end : FrameReport.Status.values()) {
      List<Frame> frames = ended(end);
      json.put(
          end.name().toLowerCase(Locale.ROOT),
          numbered() ? which(frames) : frames.stream().map(Frame::name).toList());
    }
    json.put("exitStatus", status);
    json.put("samples", samples());
    json.put("seconds", seconds);
    json.put("engines", engines.stream().map(ConvertText::json).toList());
    return json;
  }

  private Map<String, Object> json(FrameReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    report.frame().number().ifPresent(number -> json.put("frame", number));
    json.put("status", report.status().name().toLowerCase(Locale.ROOT));
    json.put("exitStatus", status(report));
    json.put("input", report.frame().input().toString());
    json.put("output", report.frame().output().toString());
    json.putAll(facts.apply(report.frame()));
    if (report.status() == FrameReport.Status.FAILED) {
      json.put("error", reason(report));
    }
    if (report.report() != null) {
      json.put("conversion", ConvertText.json(report.report()));
    }
    return json;
  }
}
