package stops.cli.tween;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import stops.cli.syntax.WorkOptions;
import stops.cli.terminal.Console;
import stops.cli.terminal.UsageException;
import stops.image.ImageException;
import stops.image.ImageFormat;
import stops.match.FrameLight;
import stops.match.MatchRequest;
import stops.strip.StripWorkers;
import stops.tween.CurvePoint;
import stops.tween.Deflicker;
import stops.tween.ExposureSeries;
import stops.tween.Measured;
import stops.tween.MeasuredFile;
import stops.tween.RegionTrack;

/**
 * Measures the frames of a sequence and finds what takes their flicker out.
 *
 * @param options how
 * @param tween the keys and channels
 * @param files the frames
 * @param quiet whether notes are left out
 */
public record FrameMeter(
    DeflickerOptions options, TweenOptions tween, TweenFiles files, boolean quiet) {

  /** Tells the format of a file. */
  @FunctionalInterface
  public interface Formatter {
    ImageFormat of(Path file) throws ImageException;
  }

  /**
   * What is done to each frame, in the order of the files.
   *
   * @throws ImageException if a table cannot be read or written, or too few frames can be measured
   */
  public List<CurvePoint> points(Formatter formats, WorkOptions work)
      throws ImageException, UsageException, InterruptedException {
    Path known = options.known();
    List<Measured> measured = known == null ? measure(formats, work) : MeasuredFile.read(known);
    Path file = options.measured();
    if (known == null && file != null) {
      MeasuredFile.write(file, measured);
    }
    tell(measured);
    try {
      return new Deflicker(options.window(), tween.curve()).points(files.numbers(), measured);
    } catch (IllegalArgumentException e) {
      throw ImageException.input(
          known == null ? files.input(files.numbers().getFirst()) : known,
          String.valueOf(e.getMessage()));
    }
  }

  private List<Measured> measure(Formatter formats, WorkOptions work)
      throws UsageException, InterruptedException {
    try (StripWorkers workers = StripWorkers.reading(work.threads(), work.memory())) {
      return ExposureSeries.measure(
          files.numbers(),
          options.meter(),
          frame -> {
            Path file = files.input(frame);
            return FrameLight.read(file, formats.of(file), request(frame), workers);
          },
          work.threads(),
          (done, all) -> {});
    }
  }

  private MatchRequest request(int frame) {
    RegionTrack track = options.track();
    return MatchRequest.byDefault()
        .withRegion(track == null ? null : track.at(frame), null)
        .withChannels(tween.channels())
        .withDomain(tween.from());
  }

  /** Says which frames are interpolated, and what is odd about others. */
  private void tell(List<Measured> measured) {
    if (quiet) {
      return;
    }
    Set<Integer> unknown = new HashSet<>(files.numbers());
    for (Measured each : measured) {
      if (unknown.remove(each.frame()) && (each.stops() == null || !each.note().isEmpty())) {
        tell(each.frame(), each.note(), each.stops() == null);
      }
    }
    unknown.stream().sorted().forEach(frame -> tell(frame, "it is not in the table", true));
  }

  private static void tell(int frame, @Nullable String why, boolean interpolated) {
    Console.say(
        "stops tween: note: frame "
            + frame
            + (interpolated ? " cannot be measured, and is interpolated: " : ": ")
            + (why == null || why.isEmpty() ? "its exposure is not given" : why));
  }
}
