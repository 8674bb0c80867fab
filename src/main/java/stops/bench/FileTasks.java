package stops.bench;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import stops.convert.FileConverter;
import stops.convert.FileReport;
import stops.convert.FileRequest;
import stops.engine.EngineFailure;
import stops.engine.ZeroPolicy;
import stops.engine.pool.EnginePool;
import stops.format.Formats;
import stops.image.Domain;
import stops.image.ImageException;
import stops.image.ImageFormat;
import stops.image.ImageSource;
import stops.image.MemoryBound;
import stops.strip.StripWorkers;

/**
 * Measures the conversion of a user's file, from its domain to the other one, on each engine. The
 * outputs must be equal. They lie in a temporary folder until {@link #close}.
 */
final class FileTasks implements AutoCloseable {

  private final Path file;
  private @Nullable Path folder;
  private @Nullable Path first;

  FileTasks(Path file) {
    this.file = file;
  }

  /** Measures a copy of the file, to the folder of the conversions' outputs. */
  Task copy(BenchRow.Subject subject) {
    return new Task(
        subject,
        Measure.FILE_COPY,
        () -> new BenchRow.Load(name(), 2 * size(file), 0),
        limit -> Repetition.of(this::copySeconds, limit));
  }

  /** Measures the conversion of the file. */
  Task of(BenchRow.Subject subject, EnginePool pool) {
    AtomicReference<BenchRow.Load> load = new AtomicReference<>(new BenchRow.Load(name(), 0, 0));
    return new Task(
        subject,
        Measure.FILE,
        load::get,
        limit -> {
          Path output = output(subject.engine());
          double[] seconds =
              Repetition.of(
                  () -> {
                    FileReport report = convert(pool, output);
                    load.set(
                        new BenchRow.Load(name(), size(file) + size(output), report.samples()));
                    return report.seconds();
                  },
                  limit);
          compare(output);
          return seconds;
        });
  }

  private String name() {
    return String.valueOf(file.getFileName());
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }

  private double copySeconds() throws EngineFailure {
    Path output = output("copy");
    long start = System.nanoTime();
    try (FileChannel from = FileChannel.open(file);
        FileChannel to = FileChannel.open(output, CREATE, WRITE, TRUNCATE_EXISTING)) {
      long size = from.size();
      long done = 0;
      while (done < size) {
        long count = from.transferTo(done, size - done, to);
        if (count <= 0) {
          throw new EngineFailure(file + " became shorter while it was copied");
        }
        done += count;
      }
      to.force(true);
    } catch (IOException e) {
      throw new EngineFailure("the file cannot be copied: " + e.getMessage(), e);
    }
    return (System.nanoTime() - start) * 1e-9;
  }

  private Path output(String prefix) throws EngineFailure {
    try {
      if (folder == null) {
        folder = Files.createTempDirectory("stops-bench");
      }
      return folder.resolve(prefix.replace(':', '-') + "-" + name());
    } catch (IOException e) {
      throw new EngineFailure("no place for the output: " + e.getMessage(), e);
    }
  }

  private FileReport convert(EnginePool pool, Path output)
      throws EngineFailure, InterruptedException {
    try (StripWorkers workers =
        StripWorkers.converting(
            pool, Runtime.getRuntime().availableProcessors(), MemoryBound.DEFAULT)) {
      ImageFormat format = Formats.of(file);
      Domain from;
      try (ImageSource source = format.open(file)) {
        from = source.info().domain();
      }
      return new FileConverter(pool, workers)
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
    } catch (ImageException e) {
      throw new EngineFailure(String.valueOf(e.getMessage()), e);
    }
  }

  private void compare(Path output) throws EngineFailure, WrongResult {
    if (first == null) {
      first = output;
    }
    if (first.equals(output)) {
      return;
    }
    try {
      long wrong = Files.mismatch(first, output);
      if (wrong >= 0) {
        throw new WrongResult(
            String.format(
                Locale.ROOT,
                "the output differs from %s's at byte %d",
                first.getFileName(),
                wrong));
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
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
      for (Path path : made) {
        Files.delete(path);
      }
      folder = null;
    }
  }
}
