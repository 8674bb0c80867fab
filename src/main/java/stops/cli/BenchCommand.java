package stops.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import stops.bench.BenchPlan;
import stops.bench.BenchReport;
import stops.bench.Benchmark;
import stops.bench.Comparison;
import stops.bench.ReportFile;
import stops.bench.ReportTable;
import stops.cli.syntax.Arguments;
import stops.cli.syntax.Command;
import stops.cli.syntax.CommonOptions;
import stops.cli.syntax.Syntax;
import stops.cli.syntax.ValueSyntax;
import stops.cli.terminal.Console;
import stops.cli.terminal.ExitStatus;
import stops.cli.terminal.Numbers;
import stops.cli.terminal.ProgressBar;
import stops.cli.terminal.StandardFiles;
import stops.cli.terminal.UsageException;
import stops.cpu.CpuEngine;
import stops.device.DeviceChoice;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.SampleType;
import stops.format.Formats;
import stops.image.ImageException;
import stops.image.ImageSource;

/** {@code stops bench}: measures each device against its own limit. */
final class BenchCommand implements Command {
  private static final long QUICK_BYTES = 64L << 20;
  private static final long USUAL_BYTES = 256L << 20;
  private static final double QUICK_SECONDS = 30;
  private static final double USUAL_SECONDS = 75;
  private static final double FULL_SECONDS = 600;
  private static final double USUAL_TOLERANCE_PERCENT = 10;

  /** Repetitions of a measurement that looks slower, before it is called slower. */
  private static final int CONFIRMATIONS = 3;

  @Override
  public Syntax syntax() {
    return new Syntax(
        "bench",
        "[FILE]",
        List.of(
            "Measures what the CPU and each OpenCL device can do, against the limit of each path; "
                + "with FILE, an HDR file, also how it is converted, to a temporary place.",
            "Every result is checked: a wrong answer is a failed row, and exit status 1."),
        List.of(
            Syntax.value(
                "device",
                "WHICH",
                "all (the default: every device, and the CPU), cpu, opencl, P:D, or a part of a "
                    + "device's name; several with commas."),
            CommonOptions.VARIANT,
            Syntax.value(
                "size", "SIZE", "Size of source and target. Default: 256M; 64M with --quick."),
            Syntax.value(
                "types",
                "FROM:TO,...",
                "Sample types in and out. Default: f32:f32, f16:f32 and f32:f16; f32:f32 with --quick; "
                    + "all nine with --full."),
            Syntax.flag("quick", "A short look: one pairing of types, small, 30 s."),
            Syntax.flag("full", "All pairings of types, up to 10 minutes."),
            Syntax.value(
                "max-time",
                "SECONDS",
                "How long it may take. Default: 75; 30 with --quick, 600 with --full."),
            Syntax.flag("sweep", "Small sizes too: where does a device start to pay?"),
            Syntax.value("json", "FILE", "Write the results as JSON."),
            Syntax.value("csv", "FILE", "Write the rows as CSV."),
            Syntax.value("html", "FILE", "Write a page with charts."),
            Syntax.value(
                "compare",
                "FILE",
                "Compare with the results that --json wrote. What looks slower is measured again. "
                    + "Exit status 1 if something became slower."),
            Syntax.value("tolerance", "PERCENT", "How much slower is still the same. Default: 10."),
            Syntax.flag("q", "quiet", "No table and no progress.")));
  }

  @Override
  public int run(Arguments given) throws Exception {
    List<Path> files = given.files(0, 1, "FILE");
    double tolerancePercent = given.number("tolerance", USUAL_TOLERANCE_PERCENT);
    if (!(tolerancePercent >= 0)) {
      throw new UsageException("--tolerance must be 0 or more, not " + tolerancePercent);
    }
    DeviceChoice choice = ValueSyntax.devices("--device", given.value("device", "all"));
    boolean quiet = given.has("quiet");
    Path compare = given.path("compare");
    BenchReport before = compare == null ? null : read(compare);
    try (AutoCloseable variant = CommonOptions.variant(given);
        StandardFiles standard = new StandardFiles();
        BenchOutputs outputs = BenchOutputs.of(given)) {
      Path file = files.isEmpty() ? null : standard.input(files.getFirst());
      BenchPlan plan = plan(given, file);
      checkReadable(file);
      try (ProgressBar progress = ProgressBar.of(quiet);
          Benchmark benchmark =
              new Benchmark(
                  plan, CpuEngine.create().engine(), choice.engines(), progress::strips)) {
        BenchReport report = benchmark.run();
        if (before != null) {
          report = confirmed(benchmark, report, before, tolerancePercent);
        }
        progress.close();
        outputs.write(report);
        boolean shown = !quiet && !outputs.takeStandardOutput();
        return finish(report, before, tolerancePercent, shown);
      }
    }
  }

  private static void checkReadable(@Nullable Path file) throws ImageException {
    if (file != null) {
      try (ImageSource source = Formats.open(file)) {
        var unused = source.info();
      }
    }
  }

  /** The report, after measuring again what looked slower. */
  private static BenchReport confirmed(
      Benchmark benchmark, BenchReport first, BenchReport before, double tolerancePercent)
      throws InterruptedException {
    BenchReport report = first;
    for (int time = 0; time < CONFIRMATIONS; time++) {
      Comparison comparison = Comparison.of(before, report, tolerancePercent);
      if (!comparison.isSlower()) {
        break;
      }
      report = benchmark.again(comparison::isSlower);
    }
    return report;
  }

  /** Shows the results and returns the exit status. */
  static int finish(
      BenchReport report, @Nullable BenchReport before, double tolerancePercent, boolean shown) {
    if (shown) {
      Console.text(ReportTable.of(report));
    }
    if (before == null) {
      return report.isFailed() ? ExitStatus.DATA : ExitStatus.DONE;
    }
    Comparison comparison = Comparison.of(before, report, tolerancePercent);
    if (shown) {
      Console.result("");
      Console.result(
          String.format(
              Locale.ROOT,
              "Compared with %s of %s:",
              before.machine().stopsVersion(),
              before.started()));
      Console.text(comparison.table());
    }
    return report.isFailed() || comparison.isWorse() ? ExitStatus.DATA : ExitStatus.DONE;
  }

  private static BenchPlan plan(Arguments given, @Nullable Path file) throws UsageException {
    boolean quick = given.has("quick");
    boolean full = given.has("full");
    if (quick && full) {
      throw new UsageException("--quick and --full exclude each other");
    }
    double seconds =
        given.number("max-time", quick ? QUICK_SECONDS : full ? FULL_SECONDS : USUAL_SECONDS);
    if (!(seconds > 0)) {
      throw new UsageException("--max-time must be more than 0 seconds, not " + seconds);
    }
    String size = given.value("size");
    long bytes =
        size != null ? ValueSyntax.bytes("--size", size) : quick ? QUICK_BYTES : USUAL_BYTES;
    if (bytes < 4096 || bytes > Runtime.getRuntime().maxMemory() / 2) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "--size must be from 4K to %s here, not %s",
              Numbers.bytes(Runtime.getRuntime().maxMemory() / 2),
              Numbers.bytes(bytes)));
    }
    List<TypePair> pairs = new ArrayList<>();
    for (String name : given.names("types")) {
      pairs.add(TypePair.parse(name));
    }
    return new BenchPlan(conversions(pairs, quick, full), bytes, seconds, given.has("sweep"), file);
  }

  private static List<Conversion> conversions(List<TypePair> pairs, boolean quick, boolean full) {
    if (pairs.isEmpty()) {
      pairs.add(new TypePair(SampleType.FLOAT32, SampleType.FLOAT32));
      if (!quick) {
        pairs.add(new TypePair(SampleType.FLOAT16, SampleType.FLOAT32));
        pairs.add(new TypePair(SampleType.FLOAT32, SampleType.FLOAT16));
      }
      if (full) {
        for (SampleType source : SampleType.values()) {
          for (SampleType target : SampleType.values()) {
            if (!pairs.contains(new TypePair(source, target))) {
              pairs.add(new TypePair(source, target));
            }
          }
        }
      }
    }
    List<Conversion> conversions = new ArrayList<>();
    for (TypePair pair : pairs) {
      for (Direction direction : Direction.MAPS) {
        conversions.add(Conversion.of(direction, pair.source(), pair.target()));
      }
    }
    return conversions;
  }

  private static BenchReport read(Path file) throws ImageException {
    try {
      return ReportFile.read(file);
    } catch (IOException e) {
      throw ImageException.input(file, BenchOutputs.reason(e), e);
    }
  }

  /**
   * The sample types of a conversion.
   *
   * @param source type of the samples that are read
   * @param target type of the samples that are written
   */
  record TypePair(SampleType source, SampleType target) {

    /** Reads {@code f16:f32}. */
    static TypePair parse(String text) throws UsageException {
      String[] parts = text.split(":", -1);
      if (parts.length != 2) {
        throw new UsageException("--types: '" + text + "' is not a pair such as f16:f32");
      }
      return new TypePair(
          ValueSyntax.sampleType("--types", parts[0]), ValueSyntax.sampleType("--types", parts[1]));
    }
  }
}
