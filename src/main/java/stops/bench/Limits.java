package stops.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts each row beside what limits its path, measured in the same run: a kernel beside the copy on
 * its device; a file beside its plain copy; a conversion from host to host beside the host's copy
 * where it happens in the host's memory, else beside the device's uploads and downloads at the same
 * time.
 */
final class Limits {
  private Limits() {}

  /**
   * The rows with their limits.
   *
   * @param sharesMemory for each device that was looked at, whether it works in host memory
   */
  static List<BenchRow> apply(List<BenchRow> rows, Map<String, Boolean> sharesMemory) {
    List<BenchRow> limited = new ArrayList<>();
    for (BenchRow row : rows) {
      BenchRow limit =
          switch (row.measure()) {
            case HOST_TO_HOST ->
                sharesMemory.getOrDefault(row.engine(), true)
                    ? find(rows, "host", Measure.HOST_COPY)
                    : find(rows, row.engine(), Measure.BOTH_WAYS);
            case FILE -> find(rows, "host", Measure.FILE_COPY);
            case KERNEL, BUILTIN -> find(rows, row.engine(), Measure.DEVICE_COPY);
            default -> null;
          };
      limited.add(limit == null ? row : row.against(limit));
    }
    return limited;
  }

  private static @Nullable BenchRow find(List<BenchRow> rows, String engine, Measure measure) {
    for (BenchRow row : rows) {
      if (row.engine().equals(engine) && row.measure() == measure) {
        return row;
      }
    }
    return null;
  }
}
