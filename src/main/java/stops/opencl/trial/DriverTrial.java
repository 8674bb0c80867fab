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
import stops.opencl.api.HandlerTakers;
import stops.opencl.api.OpenClDevice;
import stops.opencl.api.RegisteredDriver;

/**
 * Finds out which drivers crash or hang a process that searches for devices, by searching in child
 * processes, and remembers the result. Thread-safe.
 */
final class DriverTrial {
  private static final String ONLY_CPUS = "\nonly CPUs";

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
   * @param cache folder of the drivers to load
   * @param memory remembered results
   * @param again whether to retry drivers with remembered faults
   */
  DriverTrial(
      List<String> command,
      Duration limit,
      PrivateFolder cache,
      ProbeMemory memory,
      boolean again) {
    this.command = List.copyOf(command);
    this.limit = limit;
    this.cache = cache;
    this.memory = memory;
    this.again = again;
  }

  /** Starts a child that loads only {@code drivers}. Fails if no child can be started. */
  ProbeProcess start(DriverSet drivers) throws IOException, InterruptedException {
    ProbeProcess child = ProbeProcess.start(command, drivers.environment(cache), limit);
    boolean begun = false;
    try {
      begun = child.begins();
    } finally {
      if (!begun) {
        child.close(); // The caller may have been interrupted.
      }
    }
    if (!begun) {
      throw new IOException(
          "another Java, which tries the drivers first, cannot be started with this program's"
              + " classes: it "
              + child.fault().text());
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
    for (RegisteredDriver driver : registered) {
      Optional<DeviceVerdict> fault = fault(List.of(driver));
      if (fault.isEmpty()) {
        sound.add(driver);
      } else {
        problems.add(leftOut(driver, fault.get()));
      }
    }
    DriverSet set = new DriverSet(sound, folder.harmless() && sound.size() == registered.size());
    Optional<DeviceVerdict> together = set.isNone() ? Optional.empty() : fault(sound);
    if (together.isPresent()) {
      problems.add(noneUsed(together.get()));
      return DriverSet.NONE;
    }
    return set;
  }

  private Optional<DeviceVerdict> fault(List<RegisteredDriver> drivers) {
    return again ? Optional.empty() : memory.fault(ProbeMemory.key(drivers));
  }

  /**
   * The registered drivers that did not crash or hang a child in which they were loaded together,
   * now or earlier. Each of the others adds a line to {@code problems}.
   */
  DriverSet sound(List<String> problems) throws IOException, InterruptedException {
    DriverSet set = notKnownAsFaulty(problems);
    if (set.isNone()) {
      return set;
    }
    Optional<List<String>> takers = memory.takers(key(set));
    if (takers.isPresent()) {
      HandlerTakers.know(takers.get());
      return set;
    }
    DeviceVerdict fault = search(set);
    return fault == null ? set : withoutFaulty(set, fault, problems);
  }

  /** The key of the drivers in {@code set}. */
  static String key(DriverSet set) {
    return ProbeMemory.key(set.drivers());
  }

  /** Remembers that no driver of {@code set} crashed or hung {@code child}, from start to end. */
  void noteSound(DriverSet set, DeviceProbe.Found found, ProbeProcess child) {
    if (found.loaded()) {
      memory.noteSound(key(set), child.takers());
      if (found.devices().stream().allMatch(device -> device.type() == OpenClDevice.Type.CPU)) {
        memory.noteSound(key(set) + ONLY_CPUS, List.of());
      } else {
        memory.forget(key(set) + ONLY_CPUS);
      }
    }
    HandlerTakers.know(child.takers());
  }

  /**
   * Whether a child that loaded {@code set}, now or earlier, found no devices but CPUs. False if
   * that is not known.
   */
  boolean haveOnlyCpus(DriverSet set) {
    return memory.takers(key(set) + ONLY_CPUS).isPresent();
  }

  /** How the search with {@code set} crashed or hung a child; null if it did not. */
  private @Nullable DeviceVerdict search(DriverSet set) throws IOException, InterruptedException {
    try (ProbeProcess child = start(set)) {
      DeviceProbe.Found found = child.devices();
      if (found == null) {
        return child.fault();
      }
      DeviceVerdict fault = child.ended();
      if (fault == null) {
        noteSound(set, found, child);
      }
      return fault;
    }
  }

  /**
   * Leaves out those drivers of a set that crash or hang a child. Each is tried together with the
   * sound ones before it, so that what remains has been tried together. Each of the faulty is
   * remembered and adds a line to {@code problems}.
   *
   * @param fault the outcome with all of them
   */
  DriverSet withoutFaulty(DriverSet set, DeviceVerdict fault, List<String> problems)
      throws IOException, InterruptedException {
    DriverSet sound = DriverSet.NONE;
    for (RegisteredDriver driver : set.drivers()) {
      List<RegisteredDriver> more = new ArrayList<>(sound.drivers());
      more.add(driver);
      DriverSet next = more.equals(set.drivers()) ? set : new DriverSet(more, false);
      DeviceVerdict found = set.drivers().size() == 1 ? fault : search(next);
      if (found == null) {
        sound = next;
      } else {
        memory.noteFault(ProbeMemory.key(List.of(driver)), found);
        problems.add(leftOut(driver, found));
      }
    }
    if (set.drivers().isEmpty()) {
      return none(set, fault, problems);
    }
    return sound;
  }

  /** No driver, since those of {@code set} crashed or hung a process though none does alone. */
  DriverSet none(DriverSet set, DeviceVerdict fault, List<String> problems) {
    memory.noteFault(key(set), fault);
    problems.add(noneUsed(fault));
    return DriverSet.NONE;
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
