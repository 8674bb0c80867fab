package stops.opencl.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import stops.opencl.api.OpenClDevice;
import stops.opencl.api.OwnProcess;
import stops.waiting.Deadline;

/**
 * A child process that runs {@link DeviceProbe}. Each of its answers has a time limit. After a
 * missed limit there are no more answers. Closing ends the process. Confined to one thread.
 */
public final class ProbeProcess implements AutoCloseable {
  /** The time limit for the start of Java, which is slow on a busy machine. */
  private static final Duration START_LIMIT = Duration.ofMinutes(1);

  private final Process process;
  private final Duration limit;
  private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
  private @Nullable DeviceVerdict fault;
  private List<String> takers = List.of();

  private ProbeProcess(Process process, Duration limit) {
    this.process = process;
    this.limit = limit;
  }

  /** Starts the program {@code command} with {@code environment} added to this process's own. */
  static ProbeProcess start(List<String> command, Map<String, String> environment, Duration limit)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(environment);
    ProbeProcess probe = new ProbeProcess(builder.start(), limit);
    Thread.ofPlatform().daemon().name("opencl probe").start(probe::read);
    return probe;
  }

  /** The command line that runs {@link DeviceProbe} on this Java with this program's class path. */
  public static List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add(OwnProcess.OPTION);
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    // A crash leaves no log or core files behind.
    command.addAll(List.of("-XX:+SuppressFatalErrorMessage", "-XX:-CreateCoredumpOnCrash"));
    System.getProperties().stringPropertyNames().stream()
        .filter(name ->
            name.equals("java.library.path")
                || name.equals("stops.cache")
                || name.startsWith("stops.opencl."))
        .sorted()
        .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(DeviceProbe.class.getName());
    return command;
  }

  private void read() {
    try (ProbeLines answers = new ProbeLines(process.getInputStream())) {
      for (String line = answers.next(); line != null; line = answers.next()) {
        lines.add(Optional.of(line));
      }
    } catch (IOException e) {
      // A read error counts as the end of the process.
    }
    lines.add(Optional.empty());
  }

  /** Whether the process has started. After that, all failures are the drivers'. */
  boolean begins() throws InterruptedException {
    return next(DeviceProbe.READY, START_LIMIT).isPresent();
  }

  /** The devices; null if there is a {@link #fault} instead. */
  DeviceProbe.@Nullable Found devices() throws InterruptedException {
    return answer(DeviceProbe.DEVICES, DeviceProbe.Found.class);
  }

  /** The outcome of the self-test of {@code device}, or the {@link #fault} of the process. */
  DeviceVerdict prove(OpenClDevice device) throws InterruptedException {
    try {
      process.getOutputStream().write((device.id() + "\n").getBytes(UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      // The process has ended. Reading its answer below reports this.
    }
    DeviceVerdict verdict = answer(DeviceProbe.VERDICT, DeviceVerdict.class);
    return verdict == null ? fault() : verdict;
  }

  private <T> @Nullable T answer(String prefix, Class<T> type) throws InterruptedException {
    Optional<String> line = next(prefix, limit);
    try {
      return line.isEmpty() ? null : new Gson().fromJson(line.get(), type);
    } catch (RuntimeException e) {
      fault = new DeviceVerdict(DeviceVerdict.Outcome.CRASHED, "gave an answer that is none");
      return null;
    }
  }

  /** The rest of the next line that begins with {@code prefix}. Other lines are skipped. */
  private Optional<String> next(String prefix, Duration limit) throws InterruptedException {
    Deadline deadline = Deadline.after(limit);
    while (fault == null) {
      Optional<String> line = lines.poll(deadline.leftNanos(), TimeUnit.NANOSECONDS);
      if (line == null) {
        fault =
            new DeviceVerdict(
                DeviceVerdict.Outcome.TIMED_OUT,
                String.format(Locale.ROOT, "gave no answer within %.1f s", limit.toMillis() / 1e3));
      } else if (line.isEmpty()) {
        fault = new DeviceVerdict(DeviceVerdict.Outcome.CRASHED, end());
      } else if (line.get().startsWith(prefix)) {
        return Optional.of(line.get().substring(prefix.length()));
      } else if (line.get().startsWith(DeviceProbe.TAKERS)) {
        takers = takers(line.get().substring(DeviceProbe.TAKERS.length()));
      }
    }
    return Optional.empty();
  }

  private static List<String> takers(String json) {
    try {
      return List.of(new Gson().fromJson(json, String[].class));
    } catch (RuntimeException e) {
      return List.of(); // No line of ours: a driver printed it.
    }
  }

  /** Which libraries took signal handlers in it until its last answer. */
  List<String> takers() {
    return takers;
  }

  private String end() throws InterruptedException {
    if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
      return "closed its output";
    }
    int status = process.exitValue();
    // For a process ended by a signal, Java reports 128 plus the number of the signal.
    return status > 128
        ? String.format(Locale.ROOT, "crashed (signal %d)", status - 128)
        : "ended the process";
  }

  /** The reason for the missing answer: a crash or a missed time limit. */
  DeviceVerdict fault() {
    return fault == null
        ? new DeviceVerdict(DeviceVerdict.Outcome.CRASHED, "gave no answer")
        : fault;
  }

  /** Whether the process may still answer. */
  boolean isAlive() {
    return fault == null;
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  @Override
  public void close() {
    // Processes that drivers started are ended too. Nothing waits for the end, since a driver may
    // hang where no signal reaches it.
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
