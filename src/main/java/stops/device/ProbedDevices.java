package stops.device;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.pool.DeviceCall;
import stops.engine.pool.PoolLimits;
import stops.engine.pool.Standstill;
import stops.opencl.OpenCl;
import stops.opencl.api.OpenClDevice;
import stops.opencl.trial.DeviceTrial;

/**
 * The devices that OpenCL finds. A child process first tries whether drivers and devices bring a
 * process down, and calls that hang are given up. The search begins with the first question.
 * Thread-safe.
 */
final class ProbedDevices implements Devices {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** A search that hangs is not waited for, since no driver ends it. */
  private static final PoolLimits SEARCH = new PoolLimits(Standstill.of(LIMIT), Duration.ZERO);

  private final DeviceTrial trial = new DeviceTrial(LIMIT, false);
  private @Nullable OpenCl found;
  private List<String> problems = List.of();

  /** Whether the last search was interrupted. The next question then searches again. */
  private boolean interrupted;

  @Override
  public synchronized Optional<List<String>> nothingButCpus() {
    try {
      return found == null && problems.isEmpty() ? trial.nothingButCpus() : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(List.of("looking for OpenCL devices was interrupted"));
    }
  }

  @Override
  public synchronized List<OpenClDevice> all() {
    look();
    return found == null ? List.of() : found.devices();
  }

  @Override
  public synchronized List<String> problems() {
    look();
    return problems;
  }

  private void look() {
    if (found == null && (problems.isEmpty() || interrupted)) {
      try {
        OpenCl cl = DeviceCall.make(trial.openCl()::get, SEARCH);
        found = cl;
        problems = cl.problems();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        problems = List.of("looking for OpenCL devices was interrupted");
      } catch (EngineFailure e) {
        problems = List.of("looking for OpenCL devices: " + e.getMessage());
      }
      interrupted = Thread.currentThread().isInterrupted();
    }
  }

  @Override
  public Engine open(OpenClDevice device) throws EngineFailure {
    OpenCl cl;
    synchronized (this) {
      cl = found;
    }
    if (cl == null) {
      throw new IllegalArgumentException(device.label() + " was not found here");
    }
    try {
      return trial.open(cl, device);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineFailure("interrupted", e);
    }
  }
}
