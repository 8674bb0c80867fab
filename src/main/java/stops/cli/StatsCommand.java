package stops.cli;

import java.nio.file.Path;
import java.util.ArrayList;
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
import stops.cli.terminal.Failures;
import stops.cli.terminal.ProgressBar;
import stops.cli.terminal.StandardFiles;
import stops.cli.terminal.UsageException;
import stops.device.DeviceUnavailable;
import stops.format.Formats;
import stops.image.ImageException;
import stops.image.ImageFormat;
import stops.image.ImageSource;
import stops.stats.FileStatistics;
import stops.stats.HistogramPicture;
import stops.strip.StripWorkers;

/** {@code stops stats}: statistics of the samples of files, in linear light and in stops. */
final class StatsCommand implements Command {

  @Override
  public Syntax syntax() {
    List<Option> options = new ArrayList<>(StatsOptions.OPTIONS);
    options.add(
        Syntax.value(
            "device",
            "WHICH",
            "Must be there, as for the other commands; counting itself is the CPU's work."));
    options.addAll(WorkOptions.OPTIONS);
    options.addAll(CommonOptions.OPTIONS);
    return new Syntax(
        "stats",
        "IN...",
        List.of(
            "Prints what the samples of HDR files are like: range, mean, percentiles and histogram, "
                + "in linear intensity and in stops. Linear statistics rest on all finite samples, "
                + "those in stops on the finite ones above zero.",
            "The numbers are the same bits for any number of threads. - is standard input. "
                + "Example: stops stats src/main/examples/desk.exr --channels G"),
        options);
  }

  @Override
  public int run(Arguments given) throws Exception {
    CommonOptions common = CommonOptions.of(given);
    WorkOptions work = WorkOptions.of(given);
    StatsOptions options = StatsOptions.of(given);
    List<StatsOptions.Input> inputs = options.inputs();
    checkDevice(given);
    // A picture is drawn without a screen, whatever screen the environment names.
    System.setProperty("java.awt.headless", "true");
    int status = ExitStatus.DONE;
    try (StripWorkers workers = StripWorkers.reading(work.threads(), work.memory());
        ProgressBar bar = ProgressBar.of(common.quiet() || common.json())) {
      Run run = new Run(options, common, workers, bar, inputs.size() == 1 && !options.isSequence());
      for (StatsOptions.Input input : inputs) {
        if (run.isSingle()) {
          run.file(input);
        } else {
          status = Math.max(status, run.oneOfSeveral(input));
        }
      }
    }
    return status;
  }

  /** Fails if a device that was asked for is absent. None of them has anything to do. */
  private static void checkDevice(Arguments given) throws UsageException, DeviceUnavailable {
    if (given.has("device")) {
      ValueSyntax.devices("--device", given.value("device", "auto")).open().close();
    }
  }

  /**
   * The work on all files.
   *
   * @param isSingle whether there is one file that is no frame
   */
  private record Run(
      StatsOptions options,
      CommonOptions common,
      StripWorkers workers,
      ProgressBar bar,
      boolean isSingle) {

    /** Does one file and returns its exit status; a failure does not stop the others. */
    int oneOfSeveral(StatsOptions.Input input) throws InterruptedException {
      try {
        file(input);
        return ExitStatus.DONE;
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception | Error e) {
        return Failures.reportOne(
            bar,
            "stops stats: " + input.prefix(),
            common.json() ? StatisticsText.head(input) : null,
            common.debug(),
            e);
      }
    }

    void file(StatsOptions.Input input) throws Exception {
      try (StandardFiles standard = new StandardFiles()) {
        Path file = standard.input(input.file());
        try {
          ImageFormat format = options.raw() == null ? Formats.of(file) : options.raw();
          try (ImageSource source = format.open(file, workers.memory())) {
            FileStatistics found =
                FileStatistics.of(options.request(file), source, workers, bar::strips);
            String name = standard.told(input.file().equals(file) ? file + "" : "standard input");
            if (input.histogram() != null) {
              HistogramPicture.write(input.histogram(), file, name, found.channels());
            }
            bar.above(() -> print(input, name, found));
          }
        } catch (ImageException e) {
          throw standard.told(e);
        }
      }
    }

    private void print(StatsOptions.Input input, String name, FileStatistics found) {
      if (common.json()) {
        Map<String, Object> json = StatisticsText.json(input, name, options.region(), found);
        if (isSingle) {
          Console.json(json);
        } else {
          Console.jsonLine(json);
        }
      } else {
        Console.results(StatisticsText.lines(input, name, options.region(), found));
        Console.flush();
      }
      if (!common.quiet()) {
        found
            .notes()
            .forEach(note ->
                Console.say(String.format(Locale.ROOT, "stops stats: %s: note: %s", name, note)));
      }
    }
  }
}
