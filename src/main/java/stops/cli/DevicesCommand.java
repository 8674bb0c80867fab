package stops.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import stops.DeviceChoice;
import stops.DeviceUnavailable;
import stops.cpu.CpuEngine;
import stops.engine.PoolMember;
import stops.opencl.DeviceProbe;
import stops.opencl.OpenClDevice;

/** {@code stops devices}: what there is to convert on. */
@Command(
    description = {
      "Lists the OpenCL devices: what they are, whether they pass the self-test, when they are used,",
      "and what is absent or broken."
    })
final class DevicesCommand implements CommonCommand {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @Mixin CommonOptions common = new CommonOptions();

  @Override
  public CommonOptions common() {
    return common;
  }

  @Override
  public Integer call() {
    DeviceProbe.Answer answer = DeviceProbe.ask(LIMIT);
    List<DeviceTable.Line> lines = new ArrayList<>();
    for (OpenClDevice device : answer.devices()) {
      lines.add(line(device));
    }
    CpuEngine cpu = CpuEngine.create();
    if (common.json) {
      Json.print(json(cpu, lines, answer.problems()));
    } else {
      System.out.print(DeviceTable.of(cpu, lines, answer.problems()));
    }
    return ExitStatus.DONE;
  }

  /** Has the device prove itself. Opening it gives up on one that hangs. */
  private static DeviceTable.Line line(OpenClDevice device) {
    try {
      for (PoolMember member : DeviceChoice.of(device.id()).engines()) {
        member.engine().close();
      }
      return new DeviceTable.Line(device, true, "passed", choice(device));
    } catch (DeviceUnavailable e) {
      return new DeviceTable.Line(
          device, false, String.valueOf(e.getMessage()), "not used: it failed");
    }
  }

  static String choice(OpenClDevice device) {
    return device.type() == OpenClDevice.Type.CPU
        ? "not used by auto, since the CPU engine has the same cores; used by --device all, opencl or "
            + device.id()
        : "used by auto for conversions that it is expected to finish before the CPU";
  }

  private static Map<String, Object> json(
      CpuEngine cpu, List<DeviceTable.Line> lines, List<String> problems) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("cpu", cpu.engine().info());
    json.put("devices", lines.stream().map(DeviceTable.Line::device).toList());
    Map<String, Object> verdicts = new LinkedHashMap<>();
    for (DeviceTable.Line line : lines) {
      Map<String, Object> verdict = new LinkedHashMap<>();
      verdict.put("passed", line.passed());
      verdict.put("selfTest", line.selfTest());
      verdict.put("choice", line.choice());
      verdicts.put(line.device().id(), verdict);
    }
    json.put("verdicts", verdicts);
    json.put("problems", problems);
    return json;
  }
}
