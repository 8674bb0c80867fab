package stops.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Times whole runs of the packaged program, from the start of its process to the end, beside a Java
 * program that prints a line.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 20)
@Fork(1)
public class StartUpBenchmark {
  private static final Path EXAMPLE = Path.of("src/main/examples/desk.exr");

  private Path output = Path.of("");

  /** Makes a folder for the output. */
  @Setup
  public void makeOutput() throws IOException {
    output = Files.createTempDirectory("start-up").resolve("out.exr");
  }

  /** The limit: a Java program that prints a line. */
  @Benchmark
  public int helloInJava() throws IOException, InterruptedException {
    return run(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-cp",
        System.getProperty("java.class.path"),
        Hello.class.getName());
  }

  @Benchmark
  public int exposure() throws IOException, InterruptedException {
    return stops("exposure", "0.1");
  }

  @Benchmark
  public int info() throws IOException, InterruptedException {
    return stops("info", EXAMPLE.toString());
  }

  @Benchmark
  public int convert() throws IOException, InterruptedException {
    return stops("convert", EXAMPLE.toString(), output.toString(), "--to", "exposure");
  }

  private static int stops(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Program.distribution().resolve("bin/stops").toString());
    command.addAll(Arrays.asList(arguments));
    return run(command.toArray(String[]::new));
  }

  private static int run(String... command) throws IOException, InterruptedException {
    int status =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    if (status != 0) {
      throw new IOException(String.join(" ", command) + " ended with status " + status);
    }
    return status;
  }

  @TearDown
  public void deleteOutput() throws IOException {
    Files.deleteIfExists(output);
    Path folder = output.getParent();
    if (folder != null) {
      Files.deleteIfExists(folder);
    }
  }

  /** A minimal Java program. */
  static final class Hello {
    private Hello() {}

    public static void main(String[] arguments) {
      System.out.println("0.1");
    }
  }
}
