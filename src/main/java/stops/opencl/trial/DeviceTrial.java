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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import stops.cache.PrivateFolder;
import stops.engine.Conversion;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.opencl.ConversionKind;
import stops.opencl.KernelChoices;
import stops.opencl.OpenCl;
import stops.opencl.api.DriverText;
import stops.opencl.api.OpenClDevice;
import stops.opencl.api.OwnProcess;

/**
 * Tries drivers and devices in child processes before this process uses them. Drivers and devices
 * that crash or hang a child are remembered and not used until the machine restarts or a new trial
 * is requested. What cannot be tried is not used. Thread-safe.
 */
public final class DeviceTrial {
  private final PrivateFolder cache;
  private final boolean again;
  private final DriverTrial drivers;
  private final UseMarks marks;
  private final DeviceProofs proofs;

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
    this.again = again;
    ProbeMemory memory = new ProbeMemory(cache);
    this.drivers = new DriverTrial(command, limit, cache, memory, again);
    this.marks = new UseMarks(cache);
    this.proofs = new DeviceProofs(drivers, memory, marks, again);
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
    return run(false);
  }

  /**
   * As {@link #run}, and measures which kernel is the fastest for float32 on each device, unless
   * that is known. If everything is tried again, nothing that was measured on any device counts any
   * more.
   */
  public Answer measure() throws InterruptedException {
    if (again) {
      KernelChoices.forgetAll(cache);
    }
    return run(true);
  }

  private Answer run(boolean measure) throws InterruptedException {
    Map<OpenClDevice, DeviceVerdict> verdicts = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    try {
      DriverSet set = drivers.notKnownAsFaulty(problems);
      Set<DriverSet> faulty = new HashSet<>();
      while (!set.isNone()) {
        Round round = round(set, faulty.contains(set), measure, verdicts, problems);
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
   * @param measure whether to measure the kernels
   */
  private Round round(
      DriverSet set,
      boolean searched,
      boolean measure,
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
          DeviceVerdict verdict = proofs.verdict(child, device, measure);
          if (child.printsTooMuch() && !searched) {
            proofs.forget(device);
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

  /**
   * Tries the drivers and returns a search for devices to run in this process. The search leaves
   * out drivers that crashed or hung a child. Must be called before any other use of OpenCL.
   */
  public Supplier<OpenCl> openCl() throws InterruptedException {
    List<String> problems = new ArrayList<>();
    try {
      proofs.suspect(DriverTrial.key(drivers.notKnownAsFaulty(new ArrayList<>())));
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
   * Checks that the self-test of {@code device} does not crash or hang a process, so that it may
   * run in this one.
   *
   * @throws EngineFailure if it crashed or hung a child process, or cannot be tried
   */
  public void require(OpenClDevice device) throws EngineFailure, InterruptedException {
    proofs.require(device, Proof.OPEN);
  }

  /**
   * Checks that neither {@code conversions} on {@code device} nor its built-in functions crash or
   * hang a process, and measures the kernels for these, for programs that run the kernels without
   * an engine.
   *
   * @throws EngineFailure if one crashed or hung a child process, or cannot be tried
   */
  public void require(OpenClDevice device, List<Conversion> conversions)
      throws EngineFailure, InterruptedException {
    require(device);
    proofs.require(device, Proof.BUILTIN);
    for (Conversion conversion : conversions) {
      ConversionKind kind = ConversionKind.of(conversion);
      proofs.tune(device, kind);
      proofs.require(device, Proof.of(kind));
    }
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

  private void prove(OpenClDevice device, ConversionKind kind)
      throws EngineFailure, InterruptedException {
    if (isWorthTuning(device)) {
      proofs.tune(device, kind);
    }
    proofs.require(device, Proof.of(kind));
  }

  /**
   * Whether the kernels of {@code device} are measured at its first use. On CPUs, the preferred
   * ones are seldom far from the fastest, and compilers take long.
   */
  private static boolean isWorthTuning(OpenClDevice device) {
    return device.type() != OpenClDevice.Type.CPU;
  }

  @FunctionalInterface
  private interface Opening {
    Engine open() throws EngineFailure;
  }

  private Engine open(OpenClDevice device, Proof proof, Opening opening)
      throws EngineFailure, InterruptedException {
    String key = proofs.key(device, Proof.OPEN);
    proofs.suspect(key);
    proofs.require(device, proof);
    if (proof.equals(Proof.OPEN) && isWorthTuning(device)) {
      for (ConversionKind kind : ConversionKind.FLOAT32) {
        proofs.tune(device, kind);
      }
    }
    UseMark mark = marks.begin(key);
    boolean open = false;
    try (UseMark.Starting start = mark.starting()) {
      Engine engine = opening.open();
      open = true;
      return proof.equals(Proof.BUILTIN)
          ? new TriedEngine(engine, kind -> {}, mark)
          : new TriedEngine(engine, kind -> prove(device, kind), mark);
    } finally {
      if (!open) {
        mark.close();
      }
    }
  }
}
