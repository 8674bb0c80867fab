package stops.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.cli.Option;
import stops.cli.syntax.Arguments;
import stops.cli.syntax.Command;
import stops.cli.syntax.CommonOptions;
import stops.cli.syntax.Syntax;
import stops.cli.syntax.ValueSyntax;
import stops.cli.terminal.Console;
import stops.cli.terminal.ExitStatus;
import stops.cli.terminal.Numbers;
import stops.cli.terminal.ProgressBar;
import stops.cli.terminal.UsageException;
import stops.cpu.CpuEngine;
import stops.device.DeviceUnavailable;
import stops.engine.Direction;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.pool.PoolMember;
import stops.opencl.OpenCl;
import stops.opencl.api.OpenClDevice;
import stops.opencl.trial.DeviceTrial;
import stops.verify.Certificate;
import stops.verify.FullVerification;
import stops.verify.MapResult;
import stops.verify.QuickVerification;

/** {@code stops verify}: compares each engine with the definition. */
final class VerifyCommand implements Command {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Override
  public Syntax syntax() {
    List<Option> options = new ArrayList<>();
    options.add(
        Syntax.value(
            "device",
            "WHICH",
            "all (the default), cpu, opencl, P:D, or a part of a device's name."));
    options.add(CommonOptions.VARIANT);
    options.add(Syntax.flag("full", "Try all 2^32 float32 inputs of both maps."));
    options.add(Syntax.flag("builtin", "Try the devices' own log2 and exp2 of float32 instead."));
    options.addAll(CommonOptions.OPTIONS);
    return new Syntax(
        "verify",
        "",
        List.of(
            "Compares what each engine computes with the definition. By default 69,635 known "
                + "answers with all hard cases for each map and pairing of sample types; --full "
                + "tries all 2^32 float32 inputs of both maps. Exit status 1 if a result differs.",
            "--builtin tells what the devices' own log2 and exp2 make of the same inputs."),
        options);
  }

  @Override
  public int run(Arguments given) throws Exception {
    if (!given.operands().isEmpty()) {
      throw new UsageException("what is '" + given.operands().getFirst() + "' for?");
    }
    CommonOptions common = CommonOptions.of(given);
    boolean full = given.has("full");
    boolean builtin = given.has("builtin");
    try (AutoCloseable variant = CommonOptions.variant(given)) {
      return run(given, common, full, builtin);
    }
  }

  private static int run(Arguments given, CommonOptions common, boolean full, boolean builtin)
      throws Exception {
    List<Certificate> certificates = new ArrayList<>();
    List<Engine> engines =
        builtin
            ? builtins(given.value("device", "all"))
            : ValueSyntax.devices("--device", given.value("device", "all")).engines().stream()
                .map(PoolMember::engine)
                .toList();
    try (Engine reference = CpuEngine.create().engine();
        ProgressBar progress = ProgressBar.of(common.quiet() || common.json())) {
      for (Engine engine : engines) {
        certificates.add(
            full
                ? new FullVerification(engine, reference, builtin).run(progress::strips)
                : QuickVerification.run(engine, builtin));
      }
    } finally {
      engines.forEach(Engine::close);
    }
    return finish(certificates, builtin, common.json());
  }

  /** Prints the certificates, and returns the exit status. */
  static int finish(List<Certificate> certificates, boolean builtin, boolean json) {
    if (json) {
      Console.json(certificates);
    } else {
      certificates.forEach(certificate -> Console.results(lines(certificate, builtin)));
    }
    return certificates.stream().allMatch(each -> isGood(each, builtin))
        ? ExitStatus.DONE
        : ExitStatus.DATA;
  }

  private static List<Engine> builtins(String device)
      throws DeviceUnavailable, EngineFailure, InterruptedException {
    DeviceTrial trial = new DeviceTrial(PATIENCE, false);
    OpenCl openCl = trial.openCl().get();
    List<Engine> engines = new ArrayList<>();
    for (OpenClDevice candidate : openCl.devices()) {
      if (device.equals("all")
          || device.equals("opencl")
          || candidate.label().toLowerCase(Locale.ROOT).contains(device.toLowerCase(Locale.ROOT))) {
        engines.add(trial.openBuiltin(openCl, candidate));
      }
    }
    if (engines.isEmpty()) {
      throw new DeviceUnavailable(
          String.format(
              Locale.ROOT,
              "no OpenCL device '%s'; %s",
              device,
              String.join("; ", openCl.problems())));
    }
    return engines;
  }

  /** Whether an engine passed. Built-in functions may round as they like, but must run. */
  private static boolean isGood(Certificate certificate, boolean builtin) {
    return builtin ? certificate.failure() == null : certificate.passed();
  }

  private static List<String> lines(Certificate certificate, boolean builtin) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s, %s (%s): %s",
            certificate.engine().id(),
            certificate.engine().name(),
            certificate.engine().detail(),
            certificate.passed() ? "passed" : isGood(certificate, builtin) ? "differs" : "FAILED"));
    if (certificate.failure() != null) {
      lines.add(String.format(Locale.ROOT, "  %s", certificate.failure()));
    }
    for (MapResult map : certificate.maps()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  %s of %s to %s: %s inputs, %s misrounded, largest error %s ULP, %s",
              map.direction() == Direction.TO_EXPOSURE ? "exposure" : "intensity",
              map.source(),
              map.target(),
              Numbers.grouped(map.inputs()),
              Numbers.grouped(map.misrounded()),
              ulps(map.largestErrorUlps()),
              Numbers.seconds(map.seconds())));
      if (map.firstMisrounded() != null) {
        lines.add(String.format(Locale.ROOT, "    first: %s", map.firstMisrounded()));
      }
      if (map.tallyDiffers()) {
        lines.add(String.format(Locale.ROOT, "    the counts of unusual samples are wrong"));
      }
      if (map.sha256() != null) {
        lines.add(
            String.format(
                Locale.ROOT,
                "    SHA-256 %s %s",
                map.sha256(),
                map.sha256().equals(map.publishedSha256())
                    ? "as published"
                    : "not the published " + map.publishedSha256()));
      }
    }
    return lines;
  }

  private static String ulps(double ulps) {
    return ulps == 0.5 ? "0.5" : String.format(Locale.ROOT, "%.4g", ulps);
  }
}
