package stops.opencl.trial;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import stops.cache.PrivateFolder;
import stops.engine.EngineFailure;
import stops.opencl.OpenCl;
import stops.opencl.api.Answer;
import stops.opencl.api.DriverFolder;
import stops.opencl.api.HandlerTakers;
import stops.opencl.api.OpenClDevice;
import stops.opencl.api.OwnProcess;
import stops.opencl.api.RegisteredDriver;

/**
 * Tries drivers and devices in child processes before this process uses them. Drivers and devices
 * that crash or hang a child are remembered and not used until the machine restarts or a new trial
 * is requested. If no child can be started, nothing is tried. Thread-safe.
 */
public final class DeviceTrial {
  private final PrivateFolder cache;
  private final ProbeMemory memory;
  private final DriverTrial drivers;
  private final boolean again;

  /**
   * A trial.
   *
   * @param limit time limit for each answer of a driver
   * @param again whether to retry drivers and devices with remembered faults
   */
  public DeviceTrial(Duration limit, boolean again) {
    this(ProbeProcess.command(), limit, PrivateFolder.ofUser(), again);
  }

  public DeviceTrial(List<String> command, Duration limit, PrivateFolder cache, boolean again) {
    this.cache = cache;
    this.memory = new ProbeMemory(cache);
    this.drivers = new DriverTrial(command, limit, cache, again);
    this.again = again;
  }

  /**
   * The devices and problems that a trial found.
   *
   * @param devices each device with the outcome of its self-test, in the order in which the drivers
   *     list them
   * @param problems one line for each absent or broken library, driver or device
   */
  public record Answer(Map<OpenClDevice, DeviceVerdict> devices, List<String> problems) {}

  /** Searches for devices and runs the self-test of each, all in child processes. Never fails. */
  public Answer run() throws InterruptedException {
    Map<OpenClDevice, DeviceVerdict> verdicts = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    try {
      DriverSet set = drivers.notKnownAsFaulty(problems);
      while (!set.isNone()) {
        Round round = round(set, verdicts, problems);
        if (round.fault() == null && !round.left()) {
          break;
        }
        if (round.fault() != null) {
          set = drivers.withoutFaulty(set, round.fault(), problems);
        }
      }
    } catch (IOException e) {
      problems.add("OpenCL devices cannot be looked for: " + e.getMessage());
    }
    return new Answer(verdicts, problems);
  }

  /**
   * The outcome of one child process.
   *
   * @param fault how the search for devices crashed or hung it; null if it did not
   * @param left whether devices are left for another child
   */
  private record Round(@Nullable DeviceVerdict fault, boolean left) {}

  private Round round(
      DriverSet set, Map<OpenClDevice, DeviceVerdict> verdicts, List<String> problems)
      throws IOException, InterruptedException {
    try (ProbeProcess child = drivers.start(set)) {
      DeviceProbe.Found found = child.devices();
      if (found == null) {
        return new Round(child.fault(), true);
      }
      if (found.loaded()) {
        drivers.noteSound(set, child.takers());
      }
      found.problems().stream()
          .filter(problem -> !problems.contains(problem))
          .forEach(problems::add);
      for (OpenClDevice device : found.devices()) {
        if (!verdicts.containsKey(device)) {
          if (!child.isAlive()) {
            return new Round(null, true);
          }
          verdicts.put(device, verdict(child, device));
        }
      }
      return new Round(null, false);
    }
  }

  private DeviceVerdict verdict(ProbeProcess child, OpenClDevice device)
      throws InterruptedException {
    String key = key(device);
    Optional<DeviceVerdict> known = again ? Optional.empty() : memory.fault(key);
    if (known.isPresent()) {
      return known.get();
    }
    DeviceVerdict verdict = child.prove(device);
    if (verdict.isFault()) {
      memory.noteFault(key, verdict);
    } else {
      memory.noteSound(key, child.takers());
    }
    HandlerTakers.know(child.takers());
    return verdict;
  }

  private static String key(OpenClDevice device) {
    List<RegisteredDriver> all;
    try {
      all = DriverFolder.read().drivers();
    } catch (IOException e) {
      all = List.of();
    }
    return ProbeMemory.key(all, device);
  }

  /**
   * Tries the drivers and returns a search for devices to run in this process. The search leaves
   * out drivers that crashed or hung a child. Must be called before any other use of OpenCL.
   */
  public Supplier<OpenCl> openCl() throws InterruptedException {
    List<String> problems = new ArrayList<>();
    try {
      DriverSet set = soundDrivers(problems);
      if (set.isNone()) {
        return () -> OpenCl.none(problems);
      }
      if (OwnProcess.isThis()) {
        set.apply(cache);
      } else if (!set.all()) {
        problems.add(
            String.format(
                Locale.ROOT,
                "the OpenCL library would load what is left out into this process too; start Java"
                    + " with %s to use the others",
                set.setting(cache)));
        return () -> OpenCl.none(problems);
      }
      return () -> OpenCl.probe(set.drivers()).with(problems);
    } catch (IOException e) {
      // Without a trial, all drivers are used, and signal handlers stay as drivers set them.
      return OpenCl::probe;
    }
  }

  private DriverSet soundDrivers(List<String> problems) throws IOException, InterruptedException {
    DriverSet set = drivers.notKnownAsFaulty(problems);
    if (set.isNone()) {
      return set;
    }
    Optional<List<String>> takers = drivers.takers(set);
    if (takers.isPresent()) {
      HandlerTakers.know(takers.get());
      return set;
    }
    try (ProbeProcess child = drivers.start(set)) {
      DeviceProbe.Found found = child.devices();
      if (found != null) {
        if (found.loaded()) {
          drivers.noteSound(set, child.takers());
        }
        HandlerTakers.know(child.takers());
        return set;
      }
      return drivers.withoutFaulty(set, child.fault(), problems);
    }
  }

  /**
   * Checks that the self-test of {@code device} does not crash or hang a process, so that it may
   * run in this one.
   *
   * @throws EngineFailure if it crashed or hung a child process
   */
  public void require(OpenClDevice device) throws EngineFailure, InterruptedException {
    String key = key(device);
    Optional<DeviceVerdict> fault = memory.fault(key);
    Optional<List<String>> takers = memory.takers(key);
    HandlerTakers.know(takers.orElse(List.of()));
    if (fault.isEmpty() && takers.isEmpty()) {
      try (ProbeProcess child = drivers.start(drivers.notKnownAsFaulty(new ArrayList<>()))) {
        if (child.devices() != null) {
          fault = Optional.of(verdict(child, device)).filter(DeviceVerdict::isFault);
        }
      } catch (IOException e) {
        return;
      }
    }
    if (fault.isPresent()) {
      throw new EngineFailure(
          String.format(
              Locale.ROOT,
              "OpenCL device %s is not used: its self-test %s; stops devices --again tries it again",
              device.label(),
              fault.get().text()));
    }
  }
}
