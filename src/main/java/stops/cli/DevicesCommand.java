package stops.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import stops.opencl.OpenCl;
import stops.opencl.OpenClDevice;

/** {@code stops devices}: what there is to convert on. */
@Command(description = "Lists the OpenCL devices, and what is absent or broken.")
final class DevicesCommand implements CommonCommand {
  @Mixin CommonOptions common = new CommonOptions();

  @Override
  public CommonOptions common() {
    return common;
  }

  @Override
  public Integer call() {
    OpenCl openCl = OpenCl.probe();
    if (common.json) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("devices", openCl.devices());
      json.put("problems", openCl.problems());
      Json.print(json);
    } else {
      System.out.print(text(openCl.devices()));
      openCl.problems().forEach(problem -> System.out.println("  " + problem));
    }
    return ExitStatus.DONE;
  }

  private static String text(List<OpenClDevice> devices) {
    StringBuilder out = new StringBuilder();
    for (OpenClDevice device : devices) {
      out.append(
          "%-5s %s%n      %s, %s, %s; driver %s%n      %d units, %s memory, largest buffer %s, %s%s%s%n"
              .formatted(
                  device.id(),
                  device.name(),
                  device.type(),
                  device.platformName(),
                  device.version().strip(),
                  device.driverVersion(),
                  device.computeUnits(),
                  Numbers.bytes(device.globalMemoryBytes()),
                  Numbers.bytes(device.maxAllocationBytes()),
                  device.fp64() ? "fp64" : "no fp64",
                  device.fp16() ? ", fp16" : "",
                  device.unifiedMemory() ? ", memory shared with the host" : ""));
    }
    return out.toString();
  }
}
