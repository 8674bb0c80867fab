package stops.opencl.trial;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import stops.opencl.api.OpenClDevice;

/**
 * Ends the trial of a driver after some of its devices crashed or hung a process. A driver may list
 * thousands of such devices. Thread-safe.
 */
final class AlikeFaults {
  /** The most devices of a driver that may crash a process. */
  private static final int MOST = 3;

  /** The most devices of a driver that may be waited for in vain. */
  private static final int MOST_WAITS = 2;

  private final Map<List<String>, List<DeviceVerdict>> faults = new HashMap<>();

  /** Adds a fault of {@code device}. */
  synchronized void add(OpenClDevice device, DeviceVerdict fault) {
    faults.computeIfAbsent(driver(device), driver -> new ArrayList<>()).add(fault);
  }

  /** The verdict on {@code device} if enough others of its driver had faults. */
  synchronized Optional<DeviceVerdict> enough(OpenClDevice device) {
    List<DeviceVerdict> found = faults.getOrDefault(driver(device), List.of());
    long waits =
        found.stream().filter(fault -> fault.outcome() == DeviceVerdict.Outcome.TIMED_OUT).count();
    if (found.size() < MOST && waits < MOST_WAITS) {
      return Optional.empty();
    }
    DeviceVerdict last = found.getLast();
    return Optional.of(
        new DeviceVerdict(
            last.outcome(),
            String.format(
                Locale.ROOT,
                "was not run after those of %d devices of %s, the last of which %s",
                found.size(),
                device.platformName(),
                last.text())));
  }

  private static List<String> driver(OpenClDevice device) {
    return List.of(device.platformName(), device.platformVendor(), device.platformVersion());
  }
}
