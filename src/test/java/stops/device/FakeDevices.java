package stops.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import stops.cpu.ScalarEngine;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.EngineInfo;
import stops.engine.Tally;
import stops.opencl.api.OpenClDevice;

/** A machine with the devices that a test wants, all of which convert well if they open. */
final class FakeDevices implements Devices {
  private final List<OpenClDevice> devices = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  final List<String> opened = new ArrayList<>();
  final List<String> closed = new ArrayList<>();
  boolean asked;

  FakeDevices with(String id, String name, OpenClDevice.Type type) {
    return with(id, name, type, "");
  }

  FakeDevices with(String id, String name, OpenClDevice.Type type, String uniqueId) {
    String[] numbers = id.split(":", 2);
    devices.add(
        new OpenClDevice(
            id,
            Integer.parseInt(numbers[0]),
            Integer.parseInt(numbers[1]),
            name,
            "Vendor",
            1,
            uniqueId,
            "Platform " + numbers[0],
            "Vendor",
            "OpenCL 3.0 Build" + numbers[0],
            "1",
            "OpenCL 3.0",
            "OpenCL C 1.2",
            type,
            1,
            1000,
            1L << 30,
            1L << 28,
            64,
            1,
            64,
            true,
            false,
            false,
            true,
            true,
            true));
    return this;
  }

  FakeDevices withBroken(String id, String name, OpenClDevice.Type type) {
    return withBroken(id, name, type, "");
  }

  FakeDevices withBroken(String id, String name, OpenClDevice.Type type, String uniqueId) {
    broken.add(id);
    return with(id, name, type, uniqueId);
  }

  FakeDevices withProblem(String problem) {
    problems.add(problem);
    return this;
  }

  @Override
  public Optional<List<String>> nothingButCpus() {
    asked = true;
    boolean cpus = devices.stream().allMatch(device -> device.type() == OpenClDevice.Type.CPU);
    return cpus ? Optional.of(problems) : Optional.empty();
  }

  @Override
  public List<OpenClDevice> all() {
    asked = true;
    return devices;
  }

  @Override
  public List<String> problems() {
    asked = true;
    return problems;
  }

  @Override
  public Engine open(OpenClDevice device) throws EngineFailure {
    if (Thread.currentThread().isInterrupted()) {
      throw new EngineFailure("interrupted");
    }
    if (broken.contains(device.id())) {
      throw new EngineFailure("clBuildProgram: broken on " + device.label());
    }
    opened.add(device.id());
    return new FakeDevice(device);
  }

  private final class FakeDevice implements Engine {
    private final Engine real = new ScalarEngine();
    private final EngineInfo info;

    FakeDevice(OpenClDevice device) {
      EngineInfo.Kind kind =
          switch (device.type()) {
            case CPU -> EngineInfo.Kind.OPENCL_CPU;
            case GPU -> EngineInfo.Kind.OPENCL_GPU;
            case ACCELERATOR -> EngineInfo.Kind.OPENCL_ACCELERATOR;
          };
      info = new EngineInfo(device.id(), kind, device.name(), "fake", 2, 1 << 16);
    }

    @Override
    public EngineInfo info() {
      return info;
    }

    @Override
    public boolean supports(Conversion conversion) {
      return true;
    }

    @Override
    public Tally convert(Conversion conversion, Chunk chunk) throws EngineFailure {
      return real.convert(conversion, chunk);
    }

    @Override
    public void close() {
      closed.add(info.id());
    }
  }
}
