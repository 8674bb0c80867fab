package stops.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.commons.cli.Option;
import org.jspecify.annotations.Nullable;
import stops.cli.syntax.Arguments;
import stops.cli.syntax.Command;
import stops.cli.syntax.CommonOptions;
import stops.cli.syntax.Syntax;
import stops.cli.syntax.ValueSyntax;
import stops.cli.syntax.WorkOptions;
import stops.cli.terminal.Console;
import stops.cli.terminal.ExitStatus;
import stops.cli.terminal.Failures;
import stops.cli.terminal.StandardFiles;
import stops.cli.terminal.UsageException;
import stops.convert.FileConverter;
import stops.device.DeviceChoice;
import stops.engine.pool.EnginePool;
import stops.ev.ExposureMetadata;
import stops.ev.ExposureSettings;
import stops.ev.MissingSettings;
import stops.format.Formats;
import stops.image.ImageException;
import stops.image.ImageSource;
import stops.match.Match;
import stops.match.PictureMatcher;
import stops.match.TooLittleToMatch;
import stops.strip.StripWorkers;

/** {@code stops match}: by how many stops pictures are above a reference or a value. */
final class MatchCommand implements Command {

  @Override
  public Syntax syntax() {
    List<Option> options = new ArrayList<>(MatchOptions.OPTIONS);
    options.add(WorkOptions.DEVICE);
    options.addAll(WorkOptions.OPTIONS);
    options.addAll(CommonOptions.OPTIONS);
    return new Syntax(
        "match",
        "REF B...",
        List.of(
            "Says by how many stops each B is above REF: a robust estimate over the pixels that are "
                + "above the noise and below clipping in both pictures. Behind ± stand two standard "
                + "errors.",
            "Example: stops match plate.exr render.exr --cdl render.cc",
            "Exit status 1 if too few pixels can be compared. Of several B it is the highest."),
        options);
  }

  @Override
  public int run(Arguments given) throws Exception {
    MatchOptions options = MatchOptions.of(given);
    CommonOptions common = CommonOptions.of(given);
    WorkOptions work = WorkOptions.of(given);
    DeviceChoice devices = ValueSyntax.devices("--device", given.value("device", "auto"));
    try (StandardFiles standard = new StandardFiles()) {
      try {
        if (options.apply() == null) {
          try (StripWorkers workers = StripWorkers.reading(work.threads(), work.memory())) {
            return run(options, common.json(), standard, workers, null);
          }
        }
        try (EnginePool engines = devices.open();
            StripWorkers workers =
                StripWorkers.converting(engines, work.threads(), work.memory())) {
          FileConverter converter = new FileConverter(engines, workers);
          AppliedMatches applied =
              AppliedMatches.of(options.apply(), options, converter, common.quiet());
          return run(options, common.json(), standard, workers, applied);
        }
      } catch (ImageException e) {
        throw standard.told(e);
      }
    }
  }

  private static int run(
      MatchOptions options,
      boolean json,
      StandardFiles standard,
      StripWorkers workers,
      @Nullable AppliedMatches applied)
      throws Exception {
    try (CorrectionFile corrections = CorrectionFile.begin(options.cdl())) {
      Comparisons comparisons = new Comparisons(options, standard, workers);
      List<PictureMatch> found = new ArrayList<>();
      int status = ExitStatus.DONE;
      for (MatchOptions.Pair pair : options.pairs()) {
        Path picture = pair.picture();
        Path file = standard.input(picture);
        String name = standard.told(file.toString());
        try {
          PictureMatch match = comparisons.with(pair.reference()).of(file, name);
          found.add(applied == null ? match : match.withOutput(applied.write(picture, match)));
        } catch (ImageException | TooLittleToMatch | MissingSettings e) {
          String problem = standard.told(String.valueOf(e.getMessage()));
          Console.say("stops match: " + problem);
          found.add(PictureMatch.failed(name, problem));
          status = Math.max(status, status(e));
        }
      }
      if (json) {
        Path reference = options.reference();
        String told =
            reference == null ? null : standard.told(standard.input(reference).toString());
        Console.json(MatchText.json(options, told, found));
      } else {
        Console.results(MatchText.lines(options, found));
      }
      if (status == ExitStatus.DONE) {
        corrections.write(found);
      }
      return status;
    }
  }

  private static int status(Exception failure) {
    return failure instanceof TooLittleToMatch
        ? ExitStatus.DATA
        : failure instanceof MissingSettings ? ExitStatus.INPUT : Failures.status(failure);
  }

  /** One way to compare. */
  private interface Comparison {
    PictureMatch of(Path file, String name)
        throws ImageException, TooLittleToMatch, MissingSettings, InterruptedException;
  }

  /** The comparisons with references; the last one is kept, for the next picture. */
  private static final class Comparisons {
    private final MatchOptions options;
    private final StandardFiles standard;
    private final StripWorkers workers;
    private @Nullable Path reference;
    private @Nullable Comparison comparison;

    Comparisons(MatchOptions options, StandardFiles standard, StripWorkers workers) {
      this.options = options;
      this.standard = standard;
      this.workers = workers;
    }

    /** The comparison with a reference; with the value that is asked for where that is null. */
    Comparison with(@Nullable Path wanted) throws ImageException, UsageException {
      Comparison held = comparison;
      if (held == null || !Objects.equals(wanted, reference)) {
        held = comparison(options, wanted == null ? null : standard.input(wanted), workers);
        reference = wanted;
        comparison = held;
      }
      return held;
    }
  }

  private static Comparison comparison(
      MatchOptions options, @Nullable Path reference, StripWorkers workers) {
    if (reference == null) {
      return (file, name) ->
          PictureMatch.of(
              name, PictureMatcher.level(file, options.value(), options.request(), workers));
    }
    if (options.byMetadata()) {
      return (file, name) -> {
        ExposureSettings ofReference = settings(reference, workers);
        ExposureSettings settings = settings(file, workers);
        return PictureMatch.of(name, settings.stopsAbove(ofReference), settings, ofReference);
      };
    }
    PictureMatcher matcher = new PictureMatcher(reference, options.request(), workers);
    return (file, name) -> {
      List<Match> matches = matcher.match(file);
      return PictureMatch.of(name, matches);
    };
  }

  private static ExposureSettings settings(Path file, StripWorkers workers)
      throws ImageException, MissingSettings {
    try (ImageSource source = Formats.of(file).open(file, workers.memory())) {
      return ExposureMetadata.of(file.toString(), source.info()).settings().complete();
    }
  }
}
