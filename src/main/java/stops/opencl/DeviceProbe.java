package stops.opencl;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Looks for OpenCL devices in a process of its own, which a driver may hang in or bring down
 * without harm. Thread-safe.
 */
public final class DeviceProbe {
  private static final String PREFIX = "devices ";

  private DeviceProbe() {}

  /**
   * What was found.
   *
   * @param devices the devices, in the order in which the drivers list them
   * @param problems one line for each thing that is absent or broken
   */
  public record Answer(List<OpenClDevice> devices, List<String> problems) {
    public Answer {
      devices = devices == null ? List.of() : List.copyOf(devices);
      problems = problems == null ? List.of() : List.copyOf(problems);
    }
  }

  /** Prints the {@link Answer} as JSON, on one line. */
  public static void main(String[] arguments) {
    OpenCl openCl = OpenCl.probe();
    System.out.println(PREFIX + new Gson().toJson(new Answer(openCl.devices(), openCl.problems())));
  }

  /**
   * Looks in a child process. Never fails: a driver that crashes, or gives no answer within {@code
   * limit}, becomes a problem.
   */
  public static Answer ask(Duration limit) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Xmx128m");
    for (String name : List.of("java.library.path", "stops.cache")) {
      String value = System.getProperty(name);
      if (value != null) {
        command.add("-D" + name + "=" + value);
      }
    }
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(DeviceProbe.class.getName());
    return ask(command, limit);
  }

  static Answer ask(List<String> command, Duration limit) {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
    } catch (IOException e) {
      return broken("the search for OpenCL devices cannot be started: " + e.getMessage());
    }
    try (InputStream output = process.getInputStream()) {
      try {
        return answer(process, output, limit);
      } finally {
        process.destroyForcibly();
      }
    } catch (TimeoutException e) {
      return broken(
          "an OpenCL driver gave no answer within %.1f s".formatted(limit.toMillis() / 1e3));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return broken("the search for OpenCL devices was interrupted");
    } catch (ExecutionException | IOException e) {
      return broken("the search for OpenCL devices failed: " + e.getMessage());
    }
  }

  private static Answer answer(Process process, InputStream output, Duration limit)
      throws ExecutionException, InterruptedException, TimeoutException {
    FutureTask<String> text = new FutureTask<>(() -> new String(output.readAllBytes(), UTF_8));
    Thread.ofPlatform().daemon().name("opencl probe").start(text);
    Answer answer = parse(text.get(limit.toNanos(), TimeUnit.NANOSECONDS));
    int status = process.waitFor();
    return status == 0 && answer != null
        ? answer
        : broken(
            "an OpenCL driver brought the search for devices down (exit status %d)"
                .formatted(status));
  }

  /** The answer among what drivers may have printed besides; null if there is none. */
  private static @Nullable Answer parse(String printed) {
    for (String line : printed.lines().toList()) {
      if (line.startsWith(PREFIX)) {
        try {
          return new Gson().fromJson(line.substring(PREFIX.length()), Answer.class);
        } catch (JsonParseException e) {
          return null;
        }
      }
    }
    return null;
  }

  private static Answer broken(String problem) {
    return new Answer(List.of(), List.of(problem));
  }
}
