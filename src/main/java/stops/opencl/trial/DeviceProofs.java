package stops.opencl.trial;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import stops.engine.EngineFailure;
import stops.opencl.ConversionKind;
import stops.opencl.api.DriverFolder;
import stops.opencl.api.DriverText;
import stops.opencl.api.HandlerTakers;
import stops.opencl.api.OpenClDevice;
import stops.opencl.api.RegisteredDriver;

/**
 * What devices have proved in child processes, now or earlier. A {@link Proof} that is not known is
 * run in a child when it is required. Thread-safe.
 */
final class DeviceProofs {
  private final DriverTrial drivers;
  private final ProbeMemory memory;
  private final UseMarks marks;
  private final boolean again;
  private final AlikeFaults alike = new AlikeFaults();
  private final Map<OpenClDevice, String> keys = new ConcurrentHashMap<>();

  /** The keys of what a process used that died. They are tried again. */
  private final Set<String> suspects = ConcurrentHashMap.newKeySet();

  /**
   * Proofs that {@code memory} keeps.
   *
   * @param drivers starts the children
   * @param marks tells of processes that died
   * @param again whether to retry devices with remembered faults
   */
  DeviceProofs(DriverTrial drivers, ProbeMemory memory, UseMarks marks, boolean again) {
    this.drivers = drivers;
    this.memory = memory;
    this.marks = marks;
    this.again = again;
  }

  /**
   * The verdict on a device as far as it is known, or else the one that {@code child} finds.
   *
   * @param measure whether to measure the kernels for float32, unless that was done before
   */
  DeviceVerdict verdict(ProbeProcess child, OpenClDevice device, boolean measure)
      throws InterruptedException {
    String key = key(device, Proof.OPEN);
    Optional<DeviceVerdict> known = again ? Optional.empty() : memory.fault(key);
    if (known.isPresent()) {
      return known.get();
    }
    DeviceVerdict verdict = verdict(child, device, Proof.OPEN, key);
    if (!verdict.passed() || !measure || !tune(child, device)) {
      return verdict;
    }
    if (child.printsTooMuch()) {
      return child.fault();
    }
    return child.isAlive() ? verdict(child, device, Proof.OPEN, key) : verdict;
  }

  /** Has {@code child} measure the kernels for float32. Returns whether some were not known. */
  private boolean tune(ProbeProcess child, OpenClDevice device) throws InterruptedException {
    boolean some = false;
    for (ConversionKind kind : ConversionKind.FLOAT32) {
      Proof proof = Proof.tuning(kind);
      String key = key(device, proof);
      boolean fault = !again && memory.fault(key).isPresent();
      if (child.isAlive() && !fault && (again || memory.takers(key).isEmpty())) {
        var unused = verdict(child, device, proof, key);
        memory.forgetSound(key(device, Proof.of(kind)));
        some = true;
      }
    }
    return some;
  }

  /**
   * Has a child process find out which kernel is the fastest for conversions of {@code kind},
   * unless that was tried before. If it cannot be found out, the preferred kernel is used.
   */
  void tune(OpenClDevice device, ConversionKind kind) throws InterruptedException {
    Proof proof = Proof.tuning(kind);
    if (memory.takers(key(device, proof)).isPresent()) {
      return;
    }
    try {
      require(device, proof);
      memory.forgetSound(key(device, Proof.of(kind)));
    } catch (EngineFailure e) {
      // The device works without.
    }
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

  /** Forgets the verdict on {@code device}. */
  void forget(OpenClDevice device) {
    memory.forget(key(device, Proof.OPEN));
  }

  /** The key of {@code proof} on {@code device} in the present surroundings. */
  String key(OpenClDevice device, Proof proof) {
    return keys.computeIfAbsent(device, DeviceProofs::key) + "\n" + proof.name();
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
   * Draws conclusions from processes that died while they used the drivers or the device of {@code
   * key}. If the drivers are the likely reason, they are not used any more. Otherwise they are
   * tried again.
   */
  void suspect(String key) {
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
   * Checks that {@code proof} on {@code device} does not crash or hang a process.
   *
   * @throws EngineFailure if it crashed or hung a child process, or cannot be tried
   */
  void require(OpenClDevice device, Proof proof) throws EngineFailure, InterruptedException {
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
}
