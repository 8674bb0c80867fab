package stops.bench;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One measurement. A failed one has a {@code failure} and no figures.
 *
 * @param engine id of the engine: {@code cpu}, {@code P:D}, or {@code host} for the machine itself
 * @param name the engine's name
 * @param measure the kind of measurement
 * @param conversion name of the conversion, such as {@code exposure f32 to f32}; empty for none
 * @param bytes bytes that a run reads and writes, or transfers; 0 if they have no meaning
 * @param samples samples that a run converts; 0 for none
 * @param timing times of the runs
 * @param gigabytesPerSecond {@code bytes} by the median time, in 10^9 bytes a second
 * @param gigasamplesPerSecond {@code samples} by the median time, in 10^9 samples a second
 * @param limit the measure that limits this path, of the same engine or of the host; null if none
 *     does
 * @param limitGigabytesPerSecond throughput of the limiting measure in the same run
 * @param percentOfLimit throughput in percent of the limit
 * @param failure reason of the failure, on one line; null if there was none
 */
public record BenchRow(
    String engine,
    String name,
    Measure measure,
    String conversion,
    long bytes,
    long samples,
    @Nullable Timing timing,
    @Nullable Double gigabytesPerSecond,
    @Nullable Double gigasamplesPerSecond,
    @Nullable Measure limit,
    @Nullable Double limitGigabytesPerSecond,
    @Nullable Double percentOfLimit,
    @Nullable String failure) {

  static BenchRow of(Subject subject, Measure measure, Load load, Timing timing) {
    return new BenchRow(
        subject.engine(),
        subject.name(),
        measure,
        load.conversion(),
        load.bytes(),
        load.samples(),
        timing,
        load.bytes() == 0 ? null : load.bytes() / timing.median() * 1e-9,
        load.samples() == 0 ? null : load.samples() / timing.median() * 1e-9,
        null,
        null,
        null,
        null);
  }

  static BenchRow failed(Subject subject, Measure measure, Load load, String failure) {
    return new BenchRow(
        subject.engine(),
        subject.name(),
        measure,
        load.conversion(),
        load.bytes(),
        load.samples(),
        null,
        null,
        null,
        null,
        null,
        null,
        failure.lines().findFirst().orElse("failed"));
  }

  /**
   * The engine that is measured, or the host.
   *
   * @param engine the engine's id
   * @param name its name
   */
  record Subject(String engine, String name) {}

  /**
   * The work of a run.
   *
   * @param conversion name of the conversion; empty for none
   * @param bytes bytes read and written, or transferred; 0 if they have no meaning
   * @param samples samples converted; 0 for none
   */
  record Load(String conversion, long bytes, long samples) {
    static final Load NONE = new Load("", 0, 0);
  }

  /** This row with the limit of its path, which the row {@code limit} measured. */
  BenchRow against(BenchRow limit) {
    Double most = limit.gigabytesPerSecond;
    if (most == null || gigabytesPerSecond == null) {
      return this;
    }
    return new BenchRow(
        engine,
        name,
        measure,
        conversion,
        bytes,
        samples,
        timing,
        gigabytesPerSecond,
        gigasamplesPerSecond,
        limit.measure,
        most,
        100 * gigabytesPerSecond / most,
        failure);
  }

  /** Whether the measurement failed. */
  boolean isFailed() {
    return failure != null;
  }

  /** Identifies the measurement: rows of different runs with the same key measure the same. */
  String key() {
    return String.format(
        Locale.ROOT, "%s %s|%s|%s|%d|%d", engine, name, measure.name(), conversion, bytes, samples);
  }
}
