package stops.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import stops.convert.FileConverter;
import stops.convert.FileReport;
import stops.convert.FileRequest;
import stops.engine.EngineFailure;
import stops.engine.EnginePool;
import stops.engine.ZeroPolicy;
import stops.format.Formats;
import stops.image.Domain;
import stops.image.ImageException;
import stops.image.ImageFormat;
import stops.image.ImageSource;
import stops.strip.StripWorkers;

/**
 * Converts a user's file, from its domain to the other one, on each engine. The outputs lie in a
 * temporary folder until this is closed, and must be equal.
 */
final class FileTasks implements AutoCloseable {
  private static final long MEMORY_BYTES = 512L << 20;

  private final Path file;
  private @Nullable Path folder;
  private @Nullable Path first;

  FileTasks(Path file) {
    this.file = file;
  }

  Task of(BenchRow.Subject subject, EnginePool pool) {
    return new Task(
        subject,
        Measure.FILE,
        new BenchRow.Load(String.valueOf(file.getFileName()), size(), 0),
        limit -> {
          Path output = output(subject);
          Timing timing = Repetition.of(() -> seconds(pool, output), limit);
          compare(output);
          return timing;
        });
  }

  private long size() {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }

  private Path output(BenchRow.Subject subject) throws EngineFailure {
    try {
      if (folder == null) {
        folder = Files.createTempDirectory("stops-bench");
      }
      return folder.resolve(subject.engine().replace(':', '-') + "-" + file.getFileName());
    } catch (IOException e) {
      throw new EngineFailure("no place for the output: " + e.getMessage(), e);
    }
  }

  private double seconds(EnginePool pool, Path output) throws EngineFailure, InterruptedException {
    try (StripWorkers workers =
        StripWorkers.converting(pool, Runtime.getRuntime().availableProcessors(), MEMORY_BYTES)) {
      ImageFormat format = Formats.of(file);
      Domain from;
      try (ImageSource source = format.open(file)) {
        from = source.info().domain();
      }
      FileReport report =
          new FileConverter(pool, workers)
              .convert(
                  new FileRequest(
                      file,
                      output,
                      from == Domain.INTENSITY ? Domain.EXPOSURE : Domain.INTENSITY,
                      null,
                      0,
                      ZeroPolicy.INF,
                      List.of(),
                      false,
                      1),
                  format,
                  format,
                  (done, all) -> {});
      return report.seconds();
    } catch (ImageException e) {
      throw new EngineFailure(String.valueOf(e.getMessage()), e);
    }
  }

  private void compare(Path output) throws EngineFailure, WrongResult {
    if (first == null) {
      first = output;
      return;
    }
    try {
      long wrong = Files.mismatch(first, output);
      if (wrong >= 0) {
        throw new WrongResult(
            "the output differs from %s's at byte %d".formatted(first.getFileName(), wrong));
      }
    } catch (IOException e) {
      throw new EngineFailure("the output cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    if (folder != null) {
      List<Path> made = new ArrayList<>();
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(made::add);
      }
      for (Path path : made) {
        Files.delete(path);
      }
      folder = null;
    }
  }
}
