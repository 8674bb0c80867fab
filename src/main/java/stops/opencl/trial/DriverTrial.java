package stops.opencl.trial;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import stops.cache.PrivateFolder;
import stops.opencl.api.DriverFolder;
import stops.opencl.api.RegisteredDriver;

/**
 * Finds out which drivers crash or hang a process that searches for devices, by searching in child
 * processes, and remembers the result. Thread-safe.
 */
final class DriverTrial {
  private final List<String> command;
  private final Duration limit;
  private final PrivateFolder cache;
  private final ProbeMemory memory;
  private final boolean again;

  /**
   * A trial.
   *
   * @param command command line that runs {@link DeviceProbe}
   * @param limit time limit for each answer of a child
   * @param cache folder of remembered results
   * @param again whether to retry drivers with remembered faults
   */
  DriverTrial(List<String> command, Duration limit, PrivateFolder cache, boolean again) {
    this.command = List.copyOf(command);
    this.limit = limit;
    this.cache = cache;
    this.memory = new ProbeMemory(cache);
    this.again = again;
  }

  /** Starts a child that loads only {@code drivers}. Fails if no child can be started. */
  ProbeProcess start(DriverSet drivers) throws IOException, InterruptedException {
    ProbeProcess child = ProbeProcess.start(command, drivers.environment(cache), limit);
    if (!child.begins()) {
      child.close();
      throw new IOException("no process for it can be started: " + child.fault().text());
    }
    return child;
  }

  /**
   * All registered drivers without those known to crash or hang a process. Each of the latter adds
   * a line to {@code problems}.
   */
  DriverSet notKnownAsFaulty(List<String> problems) throws IOException {
    DriverFolder folder = DriverFolder.read();
    List<RegisteredDriver> registered = folder.drivers();
    problems.addAll(folder.problems());
    List<RegisteredDriver> sound = new ArrayList<>();
    Optional<DeviceVerdict> together = fault(registered);
    if (together.isPresent() && registered.size() != 1) {
      problems.add(noneUsed(together.get()));
      return DriverSet.NONE;
    }
    for (RegisteredDriver driver : registered) {
      Optional<DeviceVerdict> fault = fault(List.of(driver));
      if (fault.isEmpty()) {
        sound.add(driver);
      } else {
        problems.add(leftOut(driver, fault.get()));
      }
    }
    return new DriverSet(sound, folder.harmless() && sound.size() == registered.size());
  }

  private Optional<DeviceVerdict> fault(List<RegisteredDriver> drivers) {
    return again ? Optional.empty() : memory.fault(ProbeMemory.key(drivers));
  }

  /**
   * The libraries of {@code drivers} that replace signal handlers. Empty if {@code drivers} have
   * not been found sound together.
   */
  Optional<List<String>> takers(DriverSet drivers) {
    return memory.takers(ProbeMemory.key(drivers.drivers()));
  }

  void noteSound(DriverSet drivers, List<String> takers) {
    memory.noteSound(ProbeMemory.key(drivers.drivers()), takers);
  }

  /**
   * Tries each of {@code drivers}, which together crashed or hung a child, in a child of its own.
   * Returns the sound ones. Each of the others is remembered and adds a line to {@code problems}.
   *
   * @param fault the outcome with all of them
   */
  DriverSet withoutFaulty(DriverSet drivers, DeviceVerdict fault, List<String> problems)
      throws IOException, InterruptedException {
    List<RegisteredDriver> sound = new ArrayList<>();
    for (RegisteredDriver driver : drivers.drivers()) {
      DeviceVerdict found = drivers.drivers().size() == 1 ? fault : tryAlone(driver);
      if (found == null) {
        sound.add(driver);
      } else {
        memory.noteFault(ProbeMemory.key(List.of(driver)), found);
        problems.add(leftOut(driver, found));
      }
    }
    if (sound.size() == drivers.drivers().size()) {
      memory.noteFault(ProbeMemory.key(drivers.drivers()), fault);
      problems.add(noneUsed(fault));
      return DriverSet.NONE;
    }
    return new DriverSet(sound, false);
  }

  private @Nullable DeviceVerdict tryAlone(RegisteredDriver driver)
      throws IOException, InterruptedException {
    try (ProbeProcess child = start(new DriverSet(List.of(driver), false))) {
      return child.devices() == null ? child.fault() : null;
    }
  }

  private static String noneUsed(DeviceVerdict fault) {
    return String.format(
        Locale.ROOT,
        "no OpenCL device is used: the search for them %s; stops devices --again tries again",
        fault.text());
  }

  private static String leftOut(RegisteredDriver driver, DeviceVerdict fault) {
    return String.format(
        Locale.ROOT,
        "%s is left out: it %s, when asked for its devices; stops devices --again tries it again",
        driver,
        fault.text());
  }
}
