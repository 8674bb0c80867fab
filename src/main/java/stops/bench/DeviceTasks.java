package stops.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.EngineFailure;
import stops.engine.SampleType;
import stops.engine.Tally;
import stops.opencl.DeviceBenchmark;
import stops.opencl.trial.DeviceTrial;

/** The measurements of a single OpenCL device: each path into, through and out of it. */
final class DeviceTasks implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final BenchRow.Subject subject;
  private final HostBuffers buffers;
  private final Tiles tiles;
  private final DeviceThread thread;
  private final DeviceBenchmark device;

  private DeviceTasks(
      BenchRow.Subject subject,
      HostBuffers buffers,
      Tiles tiles,
      DeviceThread thread,
      DeviceBenchmark device) {
    this.subject = subject;
    this.buffers = buffers;
    this.tiles = tiles;
    this.thread = thread;
    this.device = device;
  }

  /**
   * Opens the device whose id {@code subject} has. A child process tries {@code conversions}
   * before.
   *
   * @param sizeBytes size of the largest buffers
   */
  static DeviceTasks open(
      BenchRow.Subject subject,
      List<Conversion> conversions,
      long sizeBytes,
      HostBuffers buffers,
      Tiles tiles)
      throws EngineFailure, InterruptedException {
    DeviceThread thread = new DeviceThread("benchmark of " + subject.engine(), LIMIT);
    @Nullable DeviceTasks tasks = null;
    boolean open = false;
    try {
      DeviceBenchmark device = thread.call(() -> DeviceBenchmark.open(subject.engine(), sizeBytes));
      tasks = new DeviceTasks(subject, buffers, tiles, thread, device);
      new DeviceTrial(LIMIT, false).require(device.device(), conversions);
      open = true;
      return tasks;
    } finally {
      if (!open && tasks != null) {
        tasks.close();
      } else if (!open) {
        thread.close();
      }
    }
  }

  /** Whether the device converts in the host's memory. */
  boolean sharesMemory() {
    return device.sharesMemory();
  }

  /** The kernel of each conversion, a line each. */
  List<String> kernels(List<Conversion> conversions) {
    return conversions.stream()
        .map(conversion ->
            String.format(
                Locale.ROOT,
                "%s converts %s in %s",
                subject.engine(),
                EngineTasks.name(conversion),
                device.kernel(conversion)))
        .toList();
  }

  List<Task> all(List<Conversion> conversions) {
    long size = device.sizeBytes();
    List<Task> tasks = new ArrayList<>();
    tasks.add(path(Measure.UPLOAD, size, device::uploadSeconds));
    tasks.add(path(Measure.DOWNLOAD, size, device::downloadSeconds));
    tasks.add(path(Measure.BOTH_WAYS, 2 * size, device::bothWaysSeconds));
    tasks.add(path(Measure.DEVICE_COPY, 2 * size, device::copySeconds));
    conversions.forEach(conversion -> tasks.add(kernel(conversion)));
    conversions.stream()
        .filter(DeviceTasks::hasBuiltin)
        .forEach(conversion -> tasks.add(builtin(conversion)));
    Conversion first = conversions.getFirst();
    BenchRow.Load load = new BenchRow.Load(EngineTasks.name(first), 0, 0);
    tasks.add(new Task(subject, Measure.COMPILE_COLD, load, limit -> compile(first, 0)));
    tasks.add(new Task(subject, Measure.COMPILE_CACHED, load, limit -> compile(first, 1)));
    tasks.add(
        new Task(
            subject,
            Measure.FIRST_RESULT,
            load,
            limit ->
                Repetition.of(() -> thread.call(() -> device.firstResultSeconds(first)), limit)));
    return tasks;
  }

  private Task path(Measure measure, long bytes, Callable<Double> seconds) {
    return new Task(
        subject,
        measure,
        new BenchRow.Load("", bytes, 0),
        limit -> Repetition.of(() -> thread.call(seconds), limit));
  }

  private Task kernel(Conversion conversion) {
    long samples =
        device.sizeBytes() / Math.max(conversion.source().bytes(), conversion.target().bytes());
    return new Task(
        subject,
        Measure.KERNEL,
        EngineTasks.load(conversion, samples),
        limit -> {
          RandomSamples tile = tiles.of(conversion);
          Chunk chunk = buffers.chunk(conversion, samples);
          tile.fill(chunk);
          Tally expected = tile.tally(samples);
          return Repetition.of(
              () -> {
                RandomSamples.spoil(chunk.target());
                thread.call(() -> {
                  device.load(chunk);
                  return true;
                });
                double seconds = thread.call(() -> device.kernelSeconds(conversion, chunk));
                Tally tally = thread.call(() -> device.fetch(chunk));
                tile.check(chunk.target(), tally, expected);
                return seconds;
              },
              limit);
        });
  }

  private static boolean hasBuiltin(Conversion conversion) {
    return conversion.source() == SampleType.FLOAT32
        && conversion.target() == SampleType.FLOAT32
        && conversion.gainStops() == 0;
  }

  /** Measures the device's built-in function. Its results are not checked: they are not ours. */
  private Task builtin(Conversion conversion) {
    long samples = device.sizeBytes() / Float.BYTES;
    return new Task(
        subject,
        Measure.BUILTIN,
        EngineTasks.load(conversion, samples),
        limit -> {
          Chunk chunk = buffers.chunk(conversion, samples);
          tiles.of(conversion).fill(chunk);
          thread.call(() -> {
            device.load(chunk);
            return true;
          });
          return Repetition.of(
              () -> thread.call(() -> device.builtinSeconds(conversion, chunk)), limit);
        });
  }

  private double[] compile(Conversion conversion, int which)
      throws EngineFailure, InterruptedException {
    try {
      Path folder = Files.createTempDirectory("stops-bench");
      try {
        return new double[] {thread.call(() -> device.compileSeconds(conversion, folder))[which]};
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new EngineFailure("no place for compiled kernels: " + e.getMessage(), e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public void close() {
    if (!thread.isLost()) {
      try {
        thread.call(() -> {
          device.close();
          return true;
        });
      } catch (EngineFailure e) {
        // The device is released when the process ends.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    thread.close();
  }
}
