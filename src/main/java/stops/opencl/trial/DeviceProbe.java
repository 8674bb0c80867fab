package stops.opencl.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import stops.engine.EngineFailure;
import stops.opencl.OpenCl;
import stops.opencl.api.DriverText;
import stops.opencl.api.HandlerTakers;
import stops.opencl.api.OpenClDevice;

/**
 * The main program of a child process that searches for OpenCL devices and tests them. A driver may
 * hang or crash there without harm to the parent.
 *
 * <p>It reads lines. The first is a word that no driver knows. Then it prints lines that begin with
 * {@link #PREFIX} and that word: first {@value #READY}, then {@value #DEVICES} and a {@link Found}.
 * Each further line that it reads is a {@link Request}. It prints {@value #STEP} whenever a part of
 * it is done, and {@value #VERDICT} and a {@link DeviceVerdict} at the end. Before {@value
 * #DEVICES} and each {@value #VERDICT}, it prints {@value #TAKERS} and the libraries that have
 * replaced signal handlers so far. At the end of its input it ends as any program does.
 */
final class DeviceProbe {
  /** The beginning of every printed line. */
  static final String PREFIX = "stops-probe ";

  static final String READY = "ready";
  static final String TAKERS = "takers ";
  static final String DEVICES = "devices ";
  static final String STEP = "step";
  static final String VERDICT = "verdict ";

  private final Gson gson = new Gson();
  private final PrintStream answers;
  private final String prefix;

  private DeviceProbe(PrintStream answers, String prefix) {
    this.answers = answers;
    this.prefix = prefix;
  }

  /**
   * The result of the search.
   *
   * @param devices the devices, in the order in which the drivers list them
   * @param problems one printable line for each absent or broken library, driver or device
   * @param loaded whether the drivers were loaded; if not, nothing is known of them
   */
  record Found(List<OpenClDevice> devices, List<String> problems, boolean loaded) {
    Found {
      devices = List.copyOf(devices);
      problems =
          problems.stream()
              .map(problem -> DriverText.shortened(DriverText.printable(problem), 1000))
              .toList();
    }
  }

  /**
   * What a device is to prove.
   *
   * @param device the id of the device
   * @param proof the name of the {@link Proof}
   */
  record Request(String device, String proof) {}

  /** Prints the devices, and tests those that standard input asks for. */
  public static void main(String[] arguments) throws IOException {
    BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    new DeviceProbe(System.out, PREFIX + requests.readLine() + " ").run(requests);
    // Drivers may hang or crash at the end of a process too, so this one ends as the parent will.
    System.exit(0);
  }

  private void run(BufferedReader requests) throws IOException {
    say(READY, null);
    OpenCl openCl = OpenCl.probe();
    say(TAKERS, HandlerTakers.known());
    say(DEVICES, new Found(openCl.devices(), openCl.problems(), openCl.isLoaded()));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      Request request = gson.fromJson(line, Request.class);
      Optional<OpenClDevice> device = openCl.device(request.device());
      Optional<Proof> proof = Proof.read(request.proof());
      if (device.isPresent() && proof.isPresent()) {
        DeviceVerdict verdict = prove(openCl, device.get(), proof.get());
        say(TAKERS, HandlerTakers.known());
        say(VERDICT, verdict);
      }
    }
  }

  /** Prints one line, whole, whatever drivers print meanwhile. */
  private void say(String what, @Nullable Object value) {
    String line = "\n" + prefix + what + (value == null ? "" : gson.toJson(value)) + "\n";
    byte[] bytes = line.getBytes(UTF_8);
    answers.write(bytes, 0, bytes.length);
    answers.flush();
  }

  private DeviceVerdict prove(OpenCl openCl, OpenClDevice device, Proof proof) {
    try {
      String passed = proof.run(openCl, device, () -> say(STEP, null));
      return new DeviceVerdict(DeviceVerdict.Outcome.PASSED, passed);
    } catch (EngineFailure | RuntimeException | LinkageError e) {
      String reason = e.getMessage() == null ? e.toString() : e.getMessage();
      return new DeviceVerdict(DeviceVerdict.Outcome.FAILED, reason);
    }
  }
}
