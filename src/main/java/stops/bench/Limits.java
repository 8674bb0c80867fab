package stops.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds to each row the limit of its path, measured in the same run. The limit of a kernel is the
 * copy on its device, and the limit of a file is its plain copy. The limit of a conversion from
 * host to host is the host's copy if the engine works in host memory. Otherwise it is an upload and
 * a download at the same time.
 */
final class Limits {
  private Limits() {}

  /**
   * The rows with their limits.
   *
   * @param sharesMemory for each device that could be opened, by its id, whether it works in host
   *     memory
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
