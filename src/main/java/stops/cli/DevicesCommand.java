package stops.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import stops.cli.syntax.Arguments;
import stops.cli.syntax.Command;
import stops.cli.syntax.Syntax;
import stops.cli.terminal.Console;
import stops.cli.terminal.ExitStatus;
import stops.cli.terminal.UsageException;
import stops.cpu.CpuEngine;
import stops.opencl.api.OpenClDevice;
import stops.opencl.trial.DeviceTrial;
import stops.opencl.trial.DeviceVerdict;

/** {@code stops devices}: lists the engines, and tries each device. */
final class DevicesCommand implements Command {
  private static final double USUAL_LIMIT_SECONDS = 30;

  @Override
  public Syntax syntax() {
    return new Syntax(
        "devices",
        "",
        List.of(
            "Lists the OpenCL devices: what they are, whether they pass the self-test, which of "
                + "their kernels is the fastest, when they are used, and what is absent or broken. "
                + "Kernels are measured once, which takes some seconds. Drivers are asked in "
                + "another process: "
                + "one that crashes or hangs is named, remembered until the machine starts again, "
                + "and not used by any command."),
        List.of(
            Syntax.value(
                "time-limit",
                "SECONDS",
                "How long a driver may take for each answer. Default: 30."),
            Syntax.flag(
                "again",
                "Try again what crashed or hung earlier, since the machine started, and measure "
                    + "kernels anew."),
            Syntax.flag("json", "Print the result as JSON."),
            Syntax.flag("q", "quiet", "No warnings.")));
  }

  @Override
  public int run(Arguments given) throws Exception {
    if (!given.operands().isEmpty()) {
      throw new UsageException("what is '" + given.operands().getFirst() + "' for?");
    }
    double limitSeconds = given.number("time-limit", USUAL_LIMIT_SECONDS);
    if (!(limitSeconds > 0 && limitSeconds <= 3600)) {
      throw new UsageException(
          "--time-limit must be more than 0 and at most 3600 seconds, not " + limitSeconds);
    }
    boolean again = given.has("again");
    Duration limit = Duration.ofMillis(Math.max(1, Math.round(1000 * limitSeconds)));
    DeviceTrial.Answer answer = new DeviceTrial(limit, again).measure();
    List<DeviceTable.Line> lines = new ArrayList<>();
    answer
        .devices()
        .forEach((device, verdict) ->
            lines.add(
                new DeviceTable.Line(
                    device,
                    verdict,
                    verdict.passed()
                        ? verdict.text() + "; " + choice(device, lines)
                        : "not used: " + whyNot(verdict))));
    CpuEngine cpu = CpuEngine.create();
    if (given.has("json")) {
      Console.json(json(cpu, lines, answer.problems()));
    } else {
      Console.results(DeviceTable.of(cpu, lines, answer.problems()));
    }
    return ExitStatus.DONE;
  }

  private static String whyNot(DeviceVerdict verdict) {
    return verdict.outcome() == DeviceVerdict.Outcome.FAILED
        ? verdict.text()
        : String.format(Locale.ROOT, "its self-test %s; --again tries it again", verdict.text());
  }

  /** When commands use {@code device}, which comes after those of {@code before}. */
  static String choice(OpenClDevice device, List<DeviceTable.Line> before) {
    Optional<OpenClDevice> same =
        before.stream()
            .filter(line -> line.verdict().passed() && line.device().isCardOf(device))
            .map(DeviceTable.Line::device)
            .findFirst();
    if (same.isPresent()) {
      return String.format(
          Locale.ROOT,
          "the same card as %s, which is used; used by --device %s",
          same.get().id(),
          device.id());
    }
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
      verdict.put("passed", line.verdict().passed());
      verdict.put("outcome", line.verdict().outcome());
      verdict.put("selfTest", line.verdict().text());
      verdict.put("choice", line.choice());
      verdicts.put(line.device().id(), verdict);
    }
    json.put("verdicts", verdicts);
    json.put("problems", problems);
    return json;
  }
}
