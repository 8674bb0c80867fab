package stops;

import java.util.ArrayList;
import java.util.List;
import stops.engine.Conversion;
import stops.engine.Engine;
import stops.engine.EngineChoice;
import stops.engine.EngineFailure;
import stops.engine.EnginePolicy;
import stops.engine.PoolMember;
import stops.opencl.OpenClDevice;

/**
 * Takes a GPU or accelerator where there is one, else the CPU engine. Devices are not even looked
 * for before a job that takes the CPU longer than they take to start. Thread-safe.
 */
final class AutoPolicy implements EnginePolicy {
  /** What loading drivers and making programs takes. */
  private static final double START_SECONDS = 0.1;

  private static final double GUESSED_SAMPLES_PER_SECOND = 300e6;

  private final Engine cpu;
  private final Devices devices;
  private boolean searched;
  private String noDevice = "";

  AutoPolicy(Engine cpu, Devices devices) {
    this.cpu = cpu;
    this.devices = devices;
  }

  @Override
  public synchronized List<PoolMember> recruit(Conversion conversion, long samples) {
    if (searched || samples / GUESSED_SAMPLES_PER_SECOND < START_SECONDS) {
      return List.of();
    }
    searched = true;
    List<PoolMember> members = new ArrayList<>();
    List<String> failures = new ArrayList<>(devices.problems());
    for (OpenClDevice device : devices.all()) {
      if (device.type() != OpenClDevice.Type.CPU) {
        try {
          members.add(new PoolMember(devices.open(device), "auto"));
        } catch (EngineFailure e) {
          failures.add(String.valueOf(e.getMessage()));
        }
      }
    }
    noDevice = "no OpenCL GPU" + (failures.isEmpty() ? "" : ": " + String.join("; ", failures));
    return members;
  }

  @Override
  public synchronized EngineChoice choose(List<Engine> able, Conversion conversion, long samples) {
    List<Engine> others = able.stream().filter(engine -> engine != cpu).toList();
    if (!others.isEmpty()) {
      Engine first = others.getFirst();
      return new EngineChoice(
          List.of(first), "%s %s: a GPU".formatted(first.info().id(), first.info().name()));
    }
    return new EngineChoice(
        List.of(cpu), cpu.info().name() + ": " + (searched ? noDevice : "a small job"));
  }
}
