package stops.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;
import stops.DeviceChoice;
import stops.bench.BenchPlan;
import stops.bench.BenchReport;
import stops.bench.Benchmark;
import stops.bench.Comparison;
import stops.bench.ReportFile;
import stops.bench.ReportPage;
import stops.bench.ReportTable;
import stops.cpu.CpuEngine;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.SampleType;
import stops.image.ImageException;

/** {@code stops bench}: what each device can do, against its own limit. */
@Command(
    description = {
      "Measures what the CPU and each OpenCL device can do, against the limit of each path.",
      "Every result is checked: a wrong answer is a failed row, and exit status 1."
    })
final class BenchCommand implements CommonCommand {
  private static final long QUICK_BYTES = 64L << 20;
  private static final long USUAL_BYTES = 256L << 20;
  private static final double QUICK_SECONDS = 30;
  private static final double USUAL_SECONDS = 75;
  private static final double FULL_SECONDS = 600;

  /** How often what looks slower is measured again before it is said to be. */
  private static final int CONFIRMATIONS = 3;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Option(
      names = {"-q", "--quiet"},
      description = "No table and no progress.")
  boolean quiet;

  @Option(names = "--debug", description = "Show the stack trace of a failure.")
  boolean debug;

  @Option(
      names = "--device",
      paramLabel = "WHICH",
      description =
          "all (the default: every device, and the CPU), cpu, opencl, P:D, or a part of a device's "
              + "name; several with commas.")
  String device = "all";

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      converter = ByteSizeConverter.class,
      description = "Size of source and target. Default: 256M; 64M with --quick.")
  @Nullable Long sizeBytes;

  @Option(
      names = "--types",
      split = ",",
      paramLabel = "FROM:TO",
      converter = TypePairConverter.class,
      description =
          "Sample types in and out. Default: f32:f32,f16:f32,f32:f16; f32:f32 with --quick; all nine "
              + "with --full.")
  List<TypePair> types = new ArrayList<>();

  @Option(names = "--quick", description = "A short look: one pairing of types, small, 30 s.")
  boolean quick;

  @Option(names = "--full", description = "All pairings of types, up to 10 minutes.")
  boolean full;

  @Option(
      names = "--max-time",
      paramLabel = "SECONDS",
      description = "How long it may take. Default: 75; 30 with --quick, 600 with --full.")
  @Nullable Double maxSeconds;

  @Option(names = "--sweep", description = "Small sizes too: where does a device start to pay?")
  boolean sweep;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the results as JSON.")
  @Nullable Path json;

  @Option(names = "--csv", paramLabel = "FILE", description = "Write the rows as CSV.")
  @Nullable Path csv;

  @Option(names = "--html", paramLabel = "FILE", description = "Write a page with charts.")
  @Nullable Path html;

  @Option(
      names = "--compare",
      paramLabel = "FILE",
      description =
          "Compare with the results that --json wrote. What looks slower is measured again. Exit "
              + "status 1 if something became slower.")
  @Nullable Path compare;

  @Option(
      names = "--tolerance",
      paramLabel = "PERCENT",
      description = "How much slower is still the same. Default: 10.")
  double tolerancePercent = 10;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "An HDR file to convert on every device as well, to a temporary place.")
  @Nullable Path file;

  /**
   * Two sample types.
   *
   * @param source type read
   * @param target type written
   */
  record TypePair(SampleType source, SampleType target) {}

  /** Reads {@code f16:f32}. */
  static final class TypePairConverter implements ITypeConverter<TypePair> {
    @Override
    public TypePair convert(String text) {
      String[] parts = text.split(":", -1);
      if (parts.length != 2) {
        throw new TypeConversionException("'" + text + "' is not a pair such as f16:f32");
      }
      SampleTypeConverter converter = new SampleTypeConverter();
      return new TypePair(converter.convert(parts[0]), converter.convert(parts[1]));
    }
  }

  @Override
  public CommonOptions common() {
    CommonOptions common = new CommonOptions();
    common.quiet = quiet;
    common.debug = debug;
    return common;
  }

  @Override
  public Integer call() throws Exception {
    BenchPlan plan = plan();
    BenchReport before = compare == null ? null : read(compare);
    try (ProgressBar progress = ProgressBar.of(quiet);
        Benchmark benchmark =
            new Benchmark(
                plan, CpuEngine.create().engine(), choice().engines(), progress::strips)) {
      BenchReport report = benchmark.run();
      if (before != null) {
        report = confirmed(benchmark, report, before);
      }
      progress.close();
      return finish(report, before);
    }
  }

  /** The report, in which what looked slower was measured again. */
  private BenchReport confirmed(Benchmark benchmark, BenchReport first, BenchReport before)
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

  /** Hands the results out, and returns the exit status that they deserve. */
  int finish(BenchReport report, @Nullable BenchReport before) throws ImageException {
    if (!quiet) {
      System.out.print(ReportTable.of(report));
    }
    write(json, ReportFile.json(report));
    write(csv, ReportFile.csv(report));
    write(html, ReportPage.of(report));
    boolean worse = before != null && isWorse(before, report);
    return report.isFailed() || worse ? ExitStatus.DATA : ExitStatus.DONE;
  }

  private BenchPlan plan() throws UsageException {
    if (quick && full) {
      throw new UsageException("--quick and --full exclude each other");
    }
    if (!(tolerancePercent >= 0)) {
      throw new UsageException("--tolerance must be 0 or more, not " + tolerancePercent);
    }
    double seconds =
        maxSeconds != null
            ? maxSeconds
            : quick ? QUICK_SECONDS : full ? FULL_SECONDS : USUAL_SECONDS;
    if (!(seconds > 0)) {
      throw new UsageException("--max-time must be more than 0 seconds, not " + seconds);
    }
    long bytes = sizeBytes != null ? sizeBytes : quick ? QUICK_BYTES : USUAL_BYTES;
    if (bytes < 4096 || bytes > Runtime.getRuntime().maxMemory() / 2) {
      throw new UsageException(
          "--size must be from 4K to %s here, not %s"
              .formatted(
                  Numbers.bytes(Runtime.getRuntime().maxMemory() / 2), Numbers.bytes(bytes)));
    }
    return new BenchPlan(conversions(), bytes, seconds, sweep, file);
  }

  private List<Conversion> conversions() {
    List<TypePair> pairs = types;
    if (pairs.isEmpty()) {
      pairs = new ArrayList<>();
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
      for (Direction direction : Direction.values()) {
        conversions.add(Conversion.of(direction, pair.source(), pair.target()));
      }
    }
    return conversions;
  }

  private DeviceChoice choice() throws UsageException {
    try {
      return DeviceChoice.of(device);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--device: " + e.getMessage());
    }
  }

  private boolean isWorse(BenchReport before, BenchReport report) {
    Comparison comparison = Comparison.of(before, report, tolerancePercent);
    if (!quiet) {
      System.out.printf(
          Locale.ROOT,
          "%nCompared with %s of %s:%n%s",
          before.machine().stopsVersion(),
          before.started(),
          comparison.table());
    }
    return comparison.isWorse();
  }

  private static BenchReport read(Path file) throws ImageException {
    try {
      return ReportFile.read(file);
    } catch (IOException e) {
      throw ImageException.input(file, reason(e), e);
    }
  }

  private static void write(@Nullable Path file, String text) throws ImageException {
    if (file != null) {
      try {
        Files.writeString(file, text);
      } catch (IOException e) {
        throw ImageException.output(file, reason(e), e);
      }
    }
  }

  private static String reason(IOException e) {
    return e instanceof NoSuchFileException
        ? "there is no such file or folder"
        : String.valueOf(e.getMessage());
  }
}
