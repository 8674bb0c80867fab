package stops.opencl.trial;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import stops.cache.PrivateFolder;
import stops.engine.Conversion;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.opencl.OpenCl;
import stops.opencl.api.DriverFolder;
import stops.opencl.api.DriverText;
import stops.opencl.api.HandlerTakers;
import stops.opencl.api.OpenClDevice;
import stops.opencl.api.OwnProcess;
import stops.opencl.api.RegisteredDriver;

/**
 * Tries drivers and devices in child processes before this process uses them. Drivers and devices
 * that crash or hang a child are remembered and not used until the machine restarts or a new trial
 * is requested. What cannot be tried is not used. Thread-safe.
 */
public final class DeviceTrial {
  private final PrivateFolder cache;
  private final ProbeMemory memory;
  private final DriverTrial drivers;
  private final UseMarks marks;
  private final boolean again;
  private final AlikeFaults alike = new AlikeFaults();

  private final Map<OpenClDevice, String> keys = new ConcurrentHashMap<>();

  /** The keys of what a process used that died. They are tried again. */
  private final Set<String> suspects = ConcurrentHashMap.newKeySet();

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
    this.drivers = new DriverTrial(command, limit, cache, memory, again);
    this.marks = new UseMarks(cache);
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
      Set<DriverSet> faulty = new HashSet<>();
      while (!set.isNone()) {
        Round round = round(set, faulty.contains(set), verdicts, problems);
        DeviceVerdict fault = round.fault();
        if (fault == null && !round.left()) {
          break;
        }
        if (fault != null) {
          verdicts.clear();
          // Drivers that break down together again, though a search with them went well, do so in
          // their self-tests.
          set =
              faulty.add(set)
                  ? drivers.withoutFaulty(set, fault, problems)
                  : drivers.none(set, fault, problems);
        }
      }
    } catch (IOException e) {
      problems.add(cannotSearch(e));
    }
    return new Answer(verdicts, problems);
  }

  private static String cannotSearch(IOException e) {
    return "OpenCL devices cannot be looked for: "
        + DriverText.line(String.valueOf(e.getMessage()));
  }

  /**
   * The outcome of one child process.
   *
   * @param fault how the search for devices crashed or hung it; null if it did not
   * @param left whether devices are left for another child
   */
  private record Round(@Nullable DeviceVerdict fault, boolean left) {}

  /**
   * Runs one child process.
   *
   * @param searched whether a search with {@code set} went well, so that a device is to blame for
   *     what its self-test prints, and not another driver
   */
  private Round round(
      DriverSet set,
      boolean searched,
      Map<OpenClDevice, DeviceVerdict> verdicts,
      List<String> problems)
      throws IOException, InterruptedException {
    try (ProbeProcess child = drivers.start(set)) {
      DeviceProbe.Found found = child.devices();
      if (found == null) {
        return new Round(child.fault(), true);
      }
      found.problems().stream()
          .filter(problem -> !problems.contains(problem))
          .forEach(problems::add);
      for (OpenClDevice device : found.devices()) {
        if (!verdicts.containsKey(device)) {
          DeviceVerdict verdict = verdict(child, device);
          if (child.printsTooMuch() && !searched) {
            memory.forget(key(device, Proof.OPEN));
            return new Round(verdict, true);
          }
          verdicts.put(device, verdict);
          if (!child.isAlive()) {
            return new Round(null, true);
          }
        }
      }
      DeviceVerdict fault = child.ended();
      if (fault == null) {
        drivers.noteSound(set, found, child);
      }
      return new Round(fault, false);
    }
  }

  /** The verdict on a device as far as it is known, or else the one that {@code child} finds. */
  private DeviceVerdict verdict(ProbeProcess child, OpenClDevice device)
      throws InterruptedException {
    String key = key(device, Proof.OPEN);
    Optional<DeviceVerdict> known = again ? Optional.empty() : memory.fault(key);
    return known.isPresent() ? known.get() : verdict(child, device, Proof.OPEN, key);
  }

  private DeviceVerdict verdict(ProbeProcess child, OpenClDevice device, Proof proof, String key)
      throws InterruptedException {
    boolean whole = proof.equals(Proof.OPEN);
    Optional<DeviceVerdict> enough = whole ? alike.enough(device) : Optional.empty();
    if (enough.isPresent()) {
      return enough.get();
    }
    DeviceVerdict verdict = child.prove(device, proof);
    if (verdict.isFault()) {
      memory.noteFault(key, verdict);
      if (whole) {
        alike.add(device, verdict);
      }
    } else {
      memory.noteSound(key, child.takers());
    }
    HandlerTakers.know(child.takers());
    return verdict;
  }

  private String key(OpenClDevice device, Proof proof) {
    return keys.computeIfAbsent(device, DeviceTrial::key) + "\n" + proof.name();
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
      suspect(DriverTrial.key(drivers.notKnownAsFaulty(new ArrayList<>())));
      DriverSet set = drivers.sound(problems);
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
      UseMark mark = marks.begin(DriverTrial.key(set));
      return () -> search(set, mark).with(problems);
    } catch (IOException e) {
      problems.add(cannotSearch(e));
      return () -> OpenCl.none(problems);
    }
  }

  /**
   * The problems of a search in child processes that found no device but CPUs; empty if there are
   * others, or if that is not known. No driver is loaded into this process.
   */
  public Optional<List<String>> nothingButCpus() throws InterruptedException {
    List<String> problems = new ArrayList<>();
    try {
      DriverSet set = drivers.sound(problems);
      return set.isNone() || drivers.haveOnlyCpus(set) ? Optional.of(problems) : Optional.empty();
    } catch (IOException e) {
      return Optional.of(List.of(cannotSearch(e)));
    }
  }

  private static OpenCl search(DriverSet set, UseMark mark) {
    try (mark;
        UseMark.Starting start = mark.starting()) {
      return OpenCl.probe(set.drivers());
    }
  }

  /**
   * Draws conclusions from processes that died while they used the drivers or the device of {@code
   * key}. If the drivers are the likely reason, they are not used any more. Otherwise they are
   * tried again.
   */
  private void suspect(String key) {
    Optional<UseMarks.Death> death = marks.takeDeath(key);
    if (death.isEmpty()) {
      return;
    }
    DeviceVerdict fault =
        new DeviceVerdict(DeviceVerdict.Outcome.CRASHED, "brought the program down");
    switch (death.get()) {
      case STARTING -> memory.noteFault(key, fault);
      case WORKING_AGAIN -> memory.noteBriefly(key, fault);
      case WORKING, UNEXPLAINED -> {
        memory.forgetSound(key);
        suspects.add(key);
      }
    }
  }

  /**
   * Checks that the self-test of {@code device} does not crash or hang a process, so that it may
   * run in this one.
   *
   * @throws EngineFailure if it crashed or hung a child process, or cannot be tried
   */
  public void require(OpenClDevice device) throws EngineFailure, InterruptedException {
    require(device, Proof.OPEN);
  }

  /**
   * Checks that neither {@code conversions} on {@code device} nor its built-in functions crash or
   * hang a process, for programs that run the kernels without an engine.
   *
   * @throws EngineFailure if one crashed or hung a child process, or cannot be tried
   */
  public void require(OpenClDevice device, List<Conversion> conversions)
      throws EngineFailure, InterruptedException {
    require(device);
    require(device, Proof.BUILTIN);
    for (Conversion conversion : conversions) {
      require(device, Proof.of(ConversionKind.of(conversion)));
    }
  }

  private void require(OpenClDevice device, Proof proof)
      throws EngineFailure, InterruptedException {
    String key = key(device, proof);
    Optional<DeviceVerdict> fault = memory.fault(key);
    if (fault.isPresent()) {
      throw refused(device, proof, fault.get());
    }
    Optional<List<String>> takers = memory.takers(key);
    if (takers.isPresent() && !suspects.contains(key(device, Proof.OPEN))) {
      HandlerTakers.know(takers.get());
      return;
    }
    try (ProbeProcess child = drivers.start(drivers.sound(new ArrayList<>()))) {
      DeviceProbe.Found found = child.devices();
      if (found == null) {
        throw refused(device, proof, child.fault());
      }
      if (!found.devices().contains(device)) {
        throw new EngineFailure(
            String.format(
                Locale.ROOT,
                "OpenCL device %s is not used: the process that was to try it did not find it",
                device.label()));
      }
      DeviceVerdict verdict = verdict(child, device, proof, key);
      DeviceVerdict end = verdict.isFault() ? null : child.ended();
      if (end != null) {
        memory.noteFault(key, end);
        verdict = end;
      }
      if (verdict.isFault()) {
        throw refused(device, proof, verdict);
      }
    } catch (IOException e) {
      throw new EngineFailure(
          String.format(
              Locale.ROOT,
              "OpenCL device %s is not used, since it cannot be tried: %s",
              device.label(),
              DriverText.line(String.valueOf(e.getMessage()))),
          e);
    }
  }

  private static EngineFailure refused(OpenClDevice device, Proof proof, DeviceVerdict fault) {
    return new EngineFailure(
        String.format(
            Locale.ROOT,
            "OpenCL device %s is not used: its %s %s; stops devices --again tries it again",
            device.label(),
            proof.name(),
            fault.text()));
  }

  /**
   * Opens an engine on {@code device}, one of {@code openCl}. A child process proves before that
   * neither opening it nor any of its conversions crashes or hangs a process. The caller closes the
   * engine.
   *
   * @throws EngineFailure if the device cannot be used; the message says why
   */
  public Engine open(OpenCl openCl, OpenClDevice device)
      throws EngineFailure, InterruptedException {
    return open(device, Proof.OPEN, () -> openCl.open(device));
  }

  /**
   * Opens an engine that calls the built-in functions of {@code device}, as {@link
   * OpenCl#openBuiltin} does, once a child process has proved them.
   *
   * @throws EngineFailure if the device cannot be used; the message says why
   */
  public Engine openBuiltin(OpenCl openCl, OpenClDevice device)
      throws EngineFailure, InterruptedException {
    require(device);
    return open(device, Proof.BUILTIN, () -> openCl.openBuiltin(device));
  }

  @FunctionalInterface
  private interface Opening {
    Engine open() throws EngineFailure;
  }

  private Engine open(OpenClDevice device, Proof proof, Opening opening)
      throws EngineFailure, InterruptedException {
    String key = key(device, Proof.OPEN);
    suspect(key);
    require(device, proof);
    UseMark mark = marks.begin(key);
    boolean open = false;
    try (UseMark.Starting start = mark.starting()) {
      Engine engine = opening.open();
      open = true;
      return proof.equals(Proof.BUILTIN)
          ? new TriedEngine(engine, kind -> {}, mark)
          : new TriedEngine(engine, kind -> require(device, Proof.of(kind)), mark);
    } finally {
      if (!open) {
        mark.close();
      }
    }
  }
}
