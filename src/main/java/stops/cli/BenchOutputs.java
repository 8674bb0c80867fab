package stops.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import stops.bench.BenchReport;
import stops.bench.ReportFile;
import stops.bench.ReportPage;
import stops.cli.syntax.Arguments;
import stops.cli.terminal.Console;
import stops.cli.terminal.StandardFiles;
import stops.cli.terminal.UsageException;
import stops.image.AtomicFile;
import stops.image.ImageException;

/**
 * The files for the results of {@code stops bench}. They are begun before the first measurement, so
 * that a file that cannot be written costs no minutes of work.
 */
final class BenchOutputs implements AutoCloseable {
  private record Output(Path path, @Nullable AtomicFile file) {}

  private final Map<Output, Function<BenchReport, String>> outputs = new LinkedHashMap<>();

  private BenchOutputs() {}

  /** Begins the files that {@code --json}, {@code --csv} and {@code --html} name. */
  static BenchOutputs of(Arguments given) throws UsageException, ImageException {
    BenchOutputs outputs = new BenchOutputs();
    try {
      outputs.add(given.path("json"), ReportFile::json);
      outputs.add(given.path("csv"), ReportFile::csv);
      outputs.add(given.path("html"), ReportPage::of);
      return outputs;
    } catch (ImageException | RuntimeException e) {
      outputs.close();
      throw e;
    }
  }

  private void add(@Nullable Path path, Function<BenchReport, String> text) throws ImageException {
    if (path == null) {
      return;
    }
    // A device or a pipe is not replaced, but written to.
    boolean inOrder =
        StandardFiles.isStandard(path) || Files.exists(path) && !Files.isRegularFile(path);
    outputs.put(new Output(path, inOrder ? null : AtomicFile.create(path)), text);
  }

  /** Whether results go to standard output, so that other text must not. */
  boolean takeStandardOutput() {
    return outputs.keySet().stream().anyMatch(output -> StandardFiles.isStandard(output.path()));
  }

  /** Writes the results to all files. */
  void write(BenchReport report) throws ImageException {
    for (Map.Entry<Output, Function<BenchReport, String>> each : outputs.entrySet()) {
      Path path = each.getKey().path();
      String text = each.getValue().apply(report);
      AtomicFile file = each.getKey().file();
      if (file != null) {
        file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
        file.commit();
      } else if (StandardFiles.isStandard(path)) {
        Console.text(text);
      } else {
        writeInOrder(path, text);
      }
    }
  }

  private static void writeInOrder(Path path, String text) throws ImageException {
    try {
      Files.writeString(path, text);
    } catch (IOException e) {
      throw ImageException.output(path, reason(e), e);
    }
  }

  /** The reason why a file of results cannot be read or written. */
  static String reason(IOException e) {
    return e instanceof NoSuchFileException
        ? "there is no such file or folder"
        : String.valueOf(e.getMessage());
  }

  /** Leaves files as they were that no results were written to. */
  @Override
  public void close() {
    for (Output output : outputs.keySet()) {
      if (output.file() != null) {
        output.file().close();
      }
    }
  }
}
