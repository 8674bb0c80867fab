package stops.device;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import stops.engine.Conversion;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.SampleType;
import stops.engine.pool.EngineChoice;
import stops.engine.pool.EnginePolicy;
import stops.engine.pool.PoolMember;
import stops.opencl.api.OpenClDevice;

/**
 * Gives each job to the one engine that is expected to finish it first, by measured speeds: the CPU
 * engine, a GPU or an accelerator. Devices are only looked for once a job takes the CPU longer than
 * devices take to start. Thread-safe.
 */
final class AutoPolicy implements EnginePolicy {
  /** Least time for loading drivers and building kernels. */
  private static final double START_SECONDS = 0.1;

  /** A job of fewer samples is not worth a measurement. */
  private static final long SMALL_SAMPLES = 1 << 20;

  private final Engine cpu;
  private final String cpuName;
  private final Devices devices;
  private final Calibration calibration;
  private boolean searched;
  private String noDevice = "";

  /**
   * A policy for a pool that begins with {@code cpu} alone.
   *
   * @param cpuName the name of the CPU engine, and why it is this one
   */
  AutoPolicy(Engine cpu, String cpuName, Devices devices, Calibration calibration) {
    this.cpu = cpu;
    this.cpuName = cpuName;
    this.devices = devices;
    this.calibration = calibration;
  }

  @Override
  public synchronized List<PoolMember> recruit(Conversion conversion, long samples) {
    if (searched || cpuSeconds(conversion, samples) < START_SECONDS) {
      return List.of();
    }
    searched = true;
    Optional<List<String>> nothing = devices.nothingButCpus();
    List<PoolMember> members = new ArrayList<>();
    List<OpenClDevice> open = new ArrayList<>();
    List<String> failures = new ArrayList<>(nothing.orElseGet(devices::problems));
    for (OpenClDevice device : nothing.isPresent() ? List.<OpenClDevice>of() : devices.all()) {
      if (device.type() != OpenClDevice.Type.CPU && open.stream().noneMatch(device::isCardOf)) {
        try {
          members.add(new PoolMember(devices.open(device), "found by auto"));
          open.add(device);
        } catch (EngineFailure e) {
          failures.add(String.valueOf(e.getMessage()));
        }
      }
    }
    if (members.isEmpty() && Thread.currentThread().isInterrupted()) {
      searched = false; // An interrupted caller found nothing. The next one looks again.
    } else if (members.isEmpty()) {
      noDevice = "no OpenCL GPU" + (failures.isEmpty() ? "" : ": " + String.join("; ", failures));
    } else {
      noDevice = "what was found by auto is out or cannot do this conversion";
    }
    return members;
  }

  private double cpuSeconds(Conversion conversion, long samples) {
    return calibration
        .known(cpu, conversion)
        .map(speed -> speed.seconds(samples))
        .orElse(samples / (guessedSamplesPerSecond(conversion) * cpu.info().lanes()));
  }

  /**
   * A speed that a CPU lane exceeds, whether by tables, loops or the definition. A job that is
   * small by this guess is small.
   */
  private static double guessedSamplesPerSecond(Conversion conversion) {
    if (conversion.source() == SampleType.FLOAT16) {
      return 400e6;
    }
    boolean loops =
        conversion.source() == SampleType.FLOAT32
            && conversion.target() != SampleType.FLOAT64
            && !conversion.hasGain();
    return loops ? 300e6 : 10e6;
  }

  @Override
  public EngineChoice choose(List<Engine> able, Conversion conversion, long samples) {
    if (able.equals(List.of(cpu))) {
      return new EngineChoice(able, cpuName + ": " + whyAlone(conversion, samples));
    }
    boolean known =
        able.stream().allMatch(engine -> calibration.known(engine, conversion).isPresent());
    if (samples < SMALL_SAMPLES && !known && able.contains(cpu)) {
      return new EngineChoice(List.of(cpu), cpuName + ": a small job");
    }
    return fastest(able, conversion, samples);
  }

  private synchronized String whyAlone(Conversion conversion, long samples) {
    return searched
        ? noDevice
        : String.format(
            Locale.ROOT,
            "a small job of about %s, less than OpenCL devices take to start",
            Calibration.text(cpuSeconds(conversion, samples)));
  }

  private EngineChoice fastest(List<Engine> able, Conversion conversion, long samples) {
    Map<Engine, Double> seconds = new LinkedHashMap<>();
    List<String> unknown = new ArrayList<>();
    for (Engine engine : able) {
      try {
        EngineSpeed speed = calibration.speed(engine, conversion);
        seconds.put(engine, speed.seconds(samples));
      } catch (EngineFailure e) {
        unknown.add(String.format(Locale.ROOT, "%s: %s", engine.info().id(), e.getMessage()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        unknown.add("interrupted");
      }
    }
    Engine best = able.getFirst();
    for (Map.Entry<Engine, Double> entry : seconds.entrySet()) {
      if (entry.getValue() < seconds.getOrDefault(best, Double.POSITIVE_INFINITY)) {
        best = entry.getKey();
      }
    }
    Engine chosen = best;
    String others =
        seconds.entrySet().stream()
            .filter(entry -> entry.getKey() != chosen)
            .map(entry -> Calibration.text(entry.getValue()) + " on " + name(entry.getKey()))
            .collect(Collectors.joining(", "));
    StringBuilder reason = new StringBuilder(name(chosen));
    if (seconds.containsKey(chosen)) {
      reason.append(": ").append(Calibration.text(seconds.get(chosen))).append(" expected");
    }
    reason.append(others.isEmpty() ? "" : " against " + others);
    unknown.forEach(why -> reason.append("; ").append(why));
    return new EngineChoice(List.of(chosen), reason.toString());
  }

  private String name(Engine engine) {
    return engine == cpu ? cpuName : engine.info().id() + " " + engine.info().name();
  }
}
