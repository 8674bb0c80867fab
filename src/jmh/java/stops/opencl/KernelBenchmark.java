package stops.opencl;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.SampleType;
import stops.opencl.api.ClException;
import stops.opencl.api.Context;
import stops.opencl.api.OpenClDevice;

/**
 * Measures the kernels on the first OpenCL device, with 256 MiB of float32 that stay there, in
 * billions of samples a second. There is a kernel for each arithmetic, with and without counting
 * anomalies. The device's own functions are measured too.
 *
 * <p>Run, after {@code mvn test-compile}, with the libraries of {@code mvn
 * dependency:build-classpath} in {@code $LIBS}. The kernels take turns, so that other load on the
 * machine meets all of them alike. Medians and ratios are printed at the end:
 *
 * <pre>
 * java --enable-native-access=ALL-UNNAMED -Djava.library.path=target/native \
 *   -cp target/test-classes:target/classes:$LIBS stops.opencl.KernelBenchmark
 * </pre>
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public class KernelBenchmark {
  private static final int SAMPLES = 1 << 26;
  private static final int ROUNDS = 5;
  private static final String FLUSH = "if (noted) {";

  /** The kernel that runs. */
  public enum Code {
    DOUBLES,
    DOUBLES_UNCOUNTED,
    PAIRS,
    PAIRS_UNCOUNTED,
    INTEGERS,
    INTEGERS_UNCOUNTED,
    BUILTIN
  }

  @Param({"TO_EXPOSURE", "TO_INTENSITY"})
  public Direction direction = Direction.TO_EXPOSURE;

  @Param public Code code = Code.DOUBLES;

  private final Arena arena = Arena.ofShared();
  private @Nullable Session session;

  /** A kernel that is ready to run. */
  private record Session(Context context, ResidentLane lane, Work work) {}

  /** Runs a kernel and waits for it. */
  private interface Work {
    void run() throws ClException;
  }

  /** Compiles the kernel, and uploads samples that span 28 stops. */
  @Setup
  public void open() throws Exception {
    OpenCl openCl = OpenCl.probe();
    OpenClDevice device = openCl.devices().getFirst();
    Arithmetic arithmetic =
        switch (code) {
          case DOUBLES, DOUBLES_UNCOUNTED, BUILTIN -> Arithmetic.FP64;
          case PAIRS, PAIRS_UNCOUNTED -> Arithmetic.PAIRS;
          case INTEGERS, INTEGERS_UNCOUNTED -> Arithmetic.INTEGER;
        };
    Context context = Context.create(openCl.usable(device));
    ProgramStore programs =
        new ProgramStore(context, device, this::source, EngineOptions.standard());
    ResidentLane lane =
        new ResidentLane(
            new Lane.LaneParts(context, programs, Placement.of(device, true)), 4L * SAMPLES);
    Chunk chunk = Chunk.of(light(), arena.allocate(4L * SAMPLES, 4096), SAMPLES);
    lane.load(chunk);
    BuiltinKernel builtin = BuiltinKernel.compile(context, direction);
    BoundConversion job =
        BoundConversion.of(
            Conversion.of(direction, SampleType.FLOAT32, SampleType.FLOAT32),
            KernelChoice.preferred(device, arithmetic));
    session =
        new Session(
            context,
            lane,
            code == Code.BUILTIN
                ? () -> {
                  builtin.run(lane.queue(), lane.source(), lane.target(), SAMPLES);
                  lane.queue().finish();
                }
                : () -> lane.run(job, chunk));
  }

  private MemorySegment light() {
    MemorySegment samples = arena.allocate(4L * SAMPLES, 4096);
    SplittableRandom random = new SplittableRandom(1);
    for (long i = 0; i < SAMPLES; i++) {
      float sample =
          direction == Direction.TO_EXPOSURE
              ? Math.scalb((float) random.nextDouble(1, 2), random.nextInt(-14, 14))
              : (float) random.nextDouble(-13, 14);
      samples.setAtIndex(ValueLayout.JAVA_FLOAT, i, sample);
    }
    return samples;
  }

  private String source(Arithmetic arithmetic) {
    String source = KernelSource.read(arithmetic);
    if (!code.name().endsWith("_UNCOUNTED")) {
      return source;
    }
    if (!source.contains(FLUSH)) {
      throw new IllegalStateException("the kernel does not count with: " + FLUSH);
    }
    // The compiler removes counting if the counts are never written to memory.
    return source.replace(FLUSH, "if (0) {");
  }

  @TearDown
  public void close() {
    Session open = Objects.requireNonNull(session);
    open.lane().close();
    open.context().close();
    arena.close();
  }

  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public void run() throws Exception {
    Objects.requireNonNull(session).work().run();
  }

  /** Runs JMH in turns, and prints medians. */
  public static void main(String[] arguments) throws Exception {
    CommandLineOptions options = new CommandLineOptions(arguments);
    Map<String, List<Double>> scores = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (RunResult result :
          new Runner(
                  new OptionsBuilder()
                      .parent(options)
                      .include(KernelBenchmark.class.getName())
                      .build())
              .run()) {
        String name =
            result.getParams().getParam("direction") + " " + result.getParams().getParam("code");
        scores
            .computeIfAbsent(name, absent -> new ArrayList<>())
            .add(result.getPrimaryResult().getScore());
      }
    }
    scores.forEach((name, values) -> {
      List<Double> builtin =
          scores.getOrDefault(name.replaceAll(" .*", " " + Code.BUILTIN), values);
      List<Double> counted = scores.getOrDefault(name.replace("_UNCOUNTED", ""), values);
      System.out.printf(
          Locale.ROOT,
          "%-32s %6.2f G samples/s, × %.2f of the built-in%s%n",
          name,
          median(values),
          median(values) / median(builtin),
          name.endsWith("_UNCOUNTED")
              ? String.format(
                  Locale.ROOT,
                  ", counting costs %.1f %%",
                  100 * (median(ratios(values, counted)) - 1))
              : "");
    });
  }

  private static List<Double> ratios(List<Double> values, List<Double> others) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      ratios.add(values.get(i) / others.get(i));
    }
    return ratios;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
