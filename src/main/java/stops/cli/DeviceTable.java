package stops.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import stops.cli.terminal.Numbers;
import stops.cpu.CpuEngine;
import stops.opencl.api.OpenClDevice;
import stops.opencl.trial.DeviceVerdict;
import stops.text.OneLine;

/** The table of {@code stops devices}. */
final class DeviceTable {
  private static final String FORMAT = "%-5s %-34s %-11s %-16s %5s %9s %9s %-4s %-4s %-6s %s";
  private static final int NAME_CHARS = 34;
  private static final int DRIVER_CHARS = 16;

  private DeviceTable() {}

  /**
   * A row.
   *
   * @param device the device
   * @param verdict the result of its self-test
   * @param choice when commands use it, for people
   */
  record Line(OpenClDevice device, DeviceVerdict verdict, String choice) {}

  static List<String> of(CpuEngine cpu, List<Line> lines, List<String> problems) {
    List<String> rows = new ArrayList<>();
    rows.add(
        String.format(
            Locale.ROOT,
            FORMAT,
            "",
            "name",
            "type",
            "driver",
            "units",
            "memory",
            "largest",
            "fp64",
            "half",
            "shared",
            "self-test"));
    rows.add(
        String.format(
            Locale.ROOT,
            FORMAT,
            "cpu",
            shortened(cpu.engine().info().name(), NAME_CHARS),
            "CPU",
            "Stops itself",
            Runtime.getRuntime().availableProcessors(),
            "",
            "",
            "yes",
            "yes",
            "yes",
            cpu.whyScalar().map(why -> "scalar: " + why).orElse("")));
    for (Line line : lines) {
      OpenClDevice device = line.device();
      rows.add(
          String.format(
              Locale.ROOT,
              FORMAT,
              device.id(),
              shortened(device.name(), NAME_CHARS),
              device.type().name(),
              shortened(device.driverVersion(), DRIVER_CHARS),
              device.computeUnits(),
              Numbers.bytes(device.globalMemoryBytes()),
              Numbers.bytes(device.maxAllocationBytes()),
              device.fp64() ? "yes" : "no",
              device.fp16() ? "yes" : "no",
              device.unifiedMemory() ? "yes" : "no",
              verdict(line.verdict())));
    }
    rows.add("");
    lines.forEach(line -> rows.add(line.device().id() + ": " + line.choice()));
    rows.addAll(problems);
    return rows;
  }

  private static String verdict(DeviceVerdict verdict) {
    return switch (verdict.outcome()) {
      case PASSED -> "passed";
      case FAILED -> "FAILED";
      case CRASHED -> "CRASHED";
      case TIMED_OUT -> "TIMED OUT";
      case KILLED -> "KILLED";
    };
  }

  private static String shortened(String text, int chars) {
    String shown = OneLine.of(text);
    return shown.length() <= chars ? shown : shown.substring(0, chars - 1) + "…";
  }
}
