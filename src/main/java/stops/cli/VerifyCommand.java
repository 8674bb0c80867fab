package stops.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import stops.DeviceChoice;
import stops.DeviceUnavailable;
import stops.cpu.CpuEngine;
import stops.engine.Direction;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.PoolMember;
import stops.opencl.DeviceTrial;
import stops.opencl.OpenCl;
import stops.opencl.OpenClDevice;
import stops.verify.Certificate;
import stops.verify.FullVerification;
import stops.verify.MapResult;
import stops.verify.QuickVerification;

/** {@code stops verify}: the certificate of each engine. */
@Command(
    description = {
      "Compares what each engine computes with the definition.",
      "By default 69,635 known answers with all hard cases for each map and pairing of sample types; "
          + "--full tries all 2^32 float32 inputs of both maps. Exit status 1 if a result differs.",
      "--builtin tells what the devices' own log2 and exp2 make of the same inputs."
    })
final class VerifyCommand implements CommonCommand {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Mixin CommonOptions common = new CommonOptions();

  @Option(
      names = "--device",
      paramLabel = "WHICH",
      description = "all (the default), cpu, opencl, P:D, or a part of a device's name.")
  String device = "all";

  @Option(names = "--full", description = "Try all 2^32 float32 inputs of both maps.")
  boolean full;

  @Option(
      names = "--builtin",
      description = "Try the devices' own log2 and exp2 of float32 instead.")
  boolean builtin;

  @Override
  public CommonOptions common() {
    return common;
  }

  @Override
  public Integer call() throws Exception {
    List<Certificate> certificates = new ArrayList<>();
    List<Engine> engines = builtin ? builtins() : engines();
    try (Engine reference = CpuEngine.create().engine();
        ProgressBar progress = ProgressBar.of(common.quiet || common.json)) {
      for (Engine engine : engines) {
        certificates.add(
            full
                ? new FullVerification(engine, reference, builtin).run(progress::strips)
                : QuickVerification.run(engine, builtin));
      }
    } finally {
      engines.forEach(Engine::close);
    }
    return finish(certificates);
  }

  /** Prints what was found, and says with which status to end. */
  int finish(List<Certificate> certificates) {
    if (common.json) {
      Json.print(certificates);
    } else {
      certificates.forEach(certificate -> System.out.print(text(certificate)));
    }
    return certificates.stream().allMatch(this::isGood) ? ExitStatus.DONE : ExitStatus.DATA;
  }

  private List<Engine> engines() throws UsageException, DeviceUnavailable {
    try {
      return DeviceChoice.of(device).engines().stream().map(PoolMember::engine).toList();
    } catch (IllegalArgumentException e) {
      throw new UsageException("--device: " + e.getMessage());
    }
  }

  private List<Engine> builtins() throws DeviceUnavailable, EngineFailure, InterruptedException {
    DeviceTrial trial = new DeviceTrial(PATIENCE, false);
    OpenCl openCl = trial.openCl().get();
    List<Engine> engines = new ArrayList<>();
    for (OpenClDevice candidate : openCl.devices()) {
      if (device.equals("all")
          || device.equals("opencl")
          || candidate.label().toLowerCase(Locale.ROOT).contains(device.toLowerCase(Locale.ROOT))) {
        trial.require(candidate);
        engines.add(openCl.openBuiltin(candidate));
      }
    }
    if (engines.isEmpty()) {
      throw new DeviceUnavailable(
          "no OpenCL device '%s'; %s".formatted(device, String.join("; ", openCl.problems())));
    }
    return engines;
  }

  /** Functions of vendors round as they please, but they have to run. */
  private boolean isGood(Certificate certificate) {
    return builtin ? certificate.failure() == null : certificate.passed();
  }

  private String text(Certificate certificate) {
    StringBuilder out = new StringBuilder();
    out.append(
        "%s, %s (%s): %s%n"
            .formatted(
                certificate.engine().id(),
                certificate.engine().name(),
                certificate.engine().detail(),
                certificate.passed() ? "passed" : isGood(certificate) ? "differs" : "FAILED"));
    if (certificate.failure() != null) {
      out.append("  %s%n".formatted(certificate.failure()));
    }
    for (MapResult map : certificate.maps()) {
      out.append(
          "  %s of %s to %s: %s inputs, %s misrounded, largest error %s ULP, %s%n"
              .formatted(
                  map.direction() == Direction.TO_EXPOSURE ? "exposure" : "intensity",
                  map.source(),
                  map.target(),
                  Numbers.grouped(map.inputs()),
                  Numbers.grouped(map.misrounded()),
                  ulps(map.largestErrorUlps()),
                  Numbers.seconds(map.seconds())));
      if (map.firstMisrounded() != null) {
        out.append("    first: %s%n".formatted(map.firstMisrounded()));
      }
      if (map.tallyDiffers()) {
        out.append("    the counts of unusual samples are wrong%n".formatted());
      }
      if (map.sha256() != null) {
        out.append(
            "    SHA-256 %s %s%n"
                .formatted(
                    map.sha256(),
                    map.sha256().equals(map.publishedSha256())
                        ? "as published"
                        : "not the published " + map.publishedSha256()));
      }
    }
    return out.toString();
  }

  private static String ulps(double ulps) {
    return ulps == 0.5 ? "0.5" : String.format(Locale.ROOT, "%.4g", ulps);
  }
}
