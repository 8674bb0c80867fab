package stops.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The size from which on a device is faster than the CPU engine.
 *
 * @param engine the device
 * @param name its name
 * @param conversion name of the conversion
 * @param samples the least number of samples at which, and at every larger size that was measured,
 *     the device is faster; null if there is none
 */
record Crossover(String engine, String name, String conversion, @Nullable Long samples) {

  /** The crossovers of all devices in the rows of a sweep. */
  static List<Crossover> of(List<BenchRow> rows) {
    Map<String, TreeMap<Long, Double>> cpu = new LinkedHashMap<>();
    Map<String, TreeMap<Long, Double>> devices = new LinkedHashMap<>();
    Map<String, BenchRow> first = new LinkedHashMap<>();
    for (BenchRow row : rows) {
      Timing timing = row.timing();
      if (row.measure() == Measure.SWEEP && timing != null) {
        boolean isCpu = row.engine().equals("cpu");
        String key = isCpu ? row.conversion() : row.engine() + " " + row.conversion();
        first.putIfAbsent(key, row);
        (isCpu ? cpu : devices)
            .computeIfAbsent(key, absent -> new TreeMap<>())
            .put(row.samples(), timing.median());
      }
    }
    List<Crossover> crossovers = new ArrayList<>();
    devices.forEach((key, seconds) -> {
      BenchRow row = first.get(key);
      TreeMap<Long, Double> reference = row == null ? null : cpu.get(row.conversion());
      if (row != null && reference != null) {
        crossovers.add(
            new Crossover(row.engine(), row.name(), row.conversion(), start(seconds, reference)));
      }
    });
    return crossovers;
  }

  private static @Nullable Long start(TreeMap<Long, Double> device, TreeMap<Long, Double> cpu) {
    Long start = null;
    for (Map.Entry<Long, Double> entry : device.descendingMap().entrySet()) {
      Double other = cpu.get(entry.getKey());
      if (other == null || entry.getValue() >= other) {
        break;
      }
      start = entry.getKey();
    }
    return start;
  }
}
