package stops.bench;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One measurement. One that failed has a {@code failure} and no figures.
 *
 * @param engine which engine: {@code cpu}, or {@code P:D}; {@code host} for the machine itself
 * @param name the engine's name
 * @param measure what was measured
 * @param conversion which conversion, such as {@code exposure f32 to f32}; empty for none
 * @param bytes bytes that a run reads and writes, or transfers; 0 where that says nothing
 * @param samples samples that a run converts; 0 for none
 * @param timing how long a run took
 * @param gigabytesPerSecond {@code bytes} by the median time, in 10^9 bytes a second
 * @param gigasamplesPerSecond {@code samples} by the median time, in 10^9 samples a second
 * @param limit what of the same engine or host limits this path: a measure's name
 * @param limitGigabytesPerSecond what that came to in the same run
 * @param percentOfLimit how much of it was reached
 * @param failure what went wrong, on one line
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
   * Who did it.
   *
   * @param engine the engine's id
   * @param name its name
   */
  record Subject(String engine, String name) {}

  /**
   * How much a run is.
   *
   * @param conversion which conversion; empty for none
   * @param bytes bytes read and written, or transferred; 0 where that says nothing
   * @param samples samples converted; 0 for none
   */
  record Load(String conversion, long bytes, long samples) {
    static final Load NONE = new Load("", 0, 0);
  }

  /** This row beside the limit of its path, which {@code limit} measured. */
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

  /** Whether it went wrong. */
  boolean isFailed() {
    return failure != null;
  }

  /** What makes two rows of different runs the same measurement. */
  String key() {
    return String.format(
        Locale.ROOT, "%s %s|%s|%s|%d|%d", engine, name, measure.name(), conversion, bytes, samples);
  }
}
