package stops.bench;

import java.util.List;

/**
 * The results of a benchmark, as {@code --json} writes them and {@code --compare} reads them;
 * {@code bench-schema.json} beside this class describes them.
 *
 * @param schemaVersion the version of this layout
 * @param started when the run began, ISO 8601, UTC
 * @param seconds duration of the run
 * @param machine the machine, and the version of Stops
 * @param devices the engines that were measured
 * @param rows the measurements
 * @param crossovers from which size on a device is faster than the CPU engine, if sizes were swept
 * @param notes remarks on this run, a line each
 */
public record BenchReport(
    int schemaVersion,
    String started,
    double seconds,
    Machine machine,
    List<MeasuredEngine> devices,
    List<BenchRow> rows,
    List<Crossover> crossovers,
    List<String> notes) {

  /** The layout that this version of Stops writes. */
  static final int SCHEMA_VERSION = 1;

  public BenchReport {
    devices = List.copyOf(devices);
    rows = List.copyOf(rows);
    crossovers = List.copyOf(crossovers);
    notes = List.copyOf(notes);
  }

  /**
   * An engine that was measured.
   *
   * @param id its id
   * @param kind its kind, the name of an {@link stops.engine.EngineInfo.Kind}
   * @param name its name
   * @param detail driver, version or instruction set
   * @param reason the reason why it was measured
   */
  public record MeasuredEngine(String id, String kind, String name, String detail, String reason) {}

  /** Whether any measurement failed. */
  public boolean isFailed() {
    return rows.stream().anyMatch(BenchRow::isFailed);
  }
}
