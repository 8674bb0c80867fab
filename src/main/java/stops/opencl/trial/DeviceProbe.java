package stops.opencl.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;
import java.util.Optional;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.opencl.OpenCl;
import stops.opencl.api.DriverText;
import stops.opencl.api.HandlerTakers;
import stops.opencl.api.OpenClDevice;

/**
 * Looks for OpenCL devices, and has them prove themselves, in a process of its own, which a driver
 * may hang in or bring down without harm. Prints {@value #READY}; then {@value #DEVICES} and a
 * {@link Found}; then, for each device whose id stands on a line of standard input, {@value
 * #VERDICT} and a {@link DeviceVerdict}. Before both stands {@value #TAKERS} and which libraries
 * took signal handlers until then.
 */
final class DeviceProbe {
  /** How all its lines begin. */
  static final String PREFIX = "stops-probe ";

  static final String READY = PREFIX + "ready";
  static final String TAKERS = PREFIX + "takers ";
  static final String DEVICES = PREFIX + "devices ";
  static final String VERDICT = PREFIX + "verdict ";

  private DeviceProbe() {}

  /**
   * What was found.
   *
   * @param devices the devices, in the order in which the drivers list them
   * @param problems one line for each thing that is absent or broken
   */
  record Found(List<OpenClDevice> devices, List<String> problems) {
    Found {
      devices = List.copyOf(devices);
      problems = List.copyOf(problems);
    }
  }

  /** Looks, and does as standard input says. */
  public static void main(String[] arguments) throws IOException {
    Gson gson = new Gson();
    System.out.println(READY);
    OpenCl openCl = OpenCl.probe();
    System.out.println(TAKERS + gson.toJson(HandlerTakers.known()));
    System.out.println(DEVICES + gson.toJson(new Found(openCl.devices(), openCl.problems())));
    BufferedReader ids = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String id = ids.readLine(); id != null; id = ids.readLine()) {
      Optional<OpenClDevice> device = openCl.device(id);
      if (device.isPresent()) {
        DeviceVerdict verdict = prove(openCl, device.get());
        System.out.println(TAKERS + gson.toJson(HandlerTakers.known()));
        System.out.println(VERDICT + gson.toJson(verdict));
      }
    }
    // All is said, and drivers may hang while their libraries are unloaded.
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }

  private static DeviceVerdict prove(OpenCl openCl, OpenClDevice device) {
    try (Engine engine = openCl.open(device)) {
      return new DeviceVerdict(
          DeviceVerdict.Outcome.PASSED, engine.info().id() + " passed the self-test");
    } catch (EngineFailure | RuntimeException | LinkageError e) {
      String reason = e.getMessage() == null ? e.toString() : e.getMessage();
      return new DeviceVerdict(DeviceVerdict.Outcome.FAILED, DriverText.printable(reason));
    }
  }
}
