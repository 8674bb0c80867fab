package stops.opencl.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import stops.opencl.api.OpenClDevice;
import stops.waiting.Deadline;

/**
 * A child process that runs {@link DeviceProbe}. Each of its answers has a time limit. After a
 * missed limit there are no more answers. Closing ends the process. Confined to one thread.
 */
public final class ProbeProcess implements AutoCloseable {
  /** The time limit for the start of Java, which is slow on a busy machine. */
  private static final Duration START_LIMIT = Duration.ofMinutes(1);

  /** How soon a process that closed its output has ended. */
  private static final Duration CLOSING_LIMIT = Duration.ofSeconds(5);

  /** The most steps of an answer. Each has the time limit of an answer. */
  private static final int MOST_STEPS = 32;

  private static final int KILL = 9;

  private final Process process;
  private final Duration limit;
  private final String prefix;
  private final BlockingQueue<Said> lines = new LinkedBlockingQueue<>();
  private @Nullable DeviceVerdict fault;
  private List<String> takers = List.of();
  private boolean printsTooMuch;

  /**
   * What the process said.
   *
   * @param answer an answer; null at the end
   * @param tooMuch how the process printed too much; null if it did not
   */
  private record Said(@Nullable String answer, @Nullable String tooMuch) {}

  private ProbeProcess(Process process, Duration limit, String prefix) {
    this.process = process;
    this.limit = limit;
    this.prefix = prefix;
  }

  /** Starts the program {@code command} with {@code environment} added to this process's own. */
  static ProbeProcess start(List<String> command, Map<String, String> environment, Duration limit)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(environment);
    // A driver that prints answers does not know the word with which they begin.
    String word = UUID.randomUUID().toString();
    ProbeProcess probe = new ProbeProcess(builder.start(), limit, DeviceProbe.PREFIX + word + " ");
    Thread.ofPlatform().daemon().name("opencl probe").start(probe::read);
    probe.write(word);
    return probe;
  }

  /** The command line that runs {@link DeviceProbe} on this Java with this program's classes. */
  public static List<String> command() {
    return ProbeCommand.line();
  }

  private void read() {
    String tooMuch = null;
    try (ProbeLines answers = new ProbeLines(process.getInputStream(), prefix)) {
      for (String line = answers.next(); line != null; line = answers.next()) {
        lines.add(new Said(line, null));
      }
    } catch (ProbeLines.TooMuchText e) {
      tooMuch = e.getMessage();
    } catch (IOException e) {
      // A read error counts as the end of the process.
    }
    lines.add(new Said(null, tooMuch));
  }

  private void write(String line) {
    try {
      process.getOutputStream().write((line + "\n").getBytes(UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      // The process has ended. Reading its answer reports this.
    }
  }

  /** Whether the process has started. After that, all failures are the drivers'. */
  boolean begins() throws InterruptedException {
    return next(DeviceProbe.READY, START_LIMIT) != null;
  }

  /** The devices; null if there is a {@link #fault} instead. */
  DeviceProbe.@Nullable Found devices() throws InterruptedException {
    return answer(DeviceProbe.DEVICES, DeviceProbe.Found.class);
  }

  /** The outcome of {@code proof} on {@code device}, or the {@link #fault} of the process. */
  DeviceVerdict prove(OpenClDevice device, Proof proof) throws InterruptedException {
    write(new Gson().toJson(new DeviceProbe.Request(device.id(), proof.name())));
    DeviceVerdict verdict = answer(DeviceProbe.VERDICT, DeviceVerdict.class);
    return verdict == null ? fault() : verdict;
  }

  private <T> @Nullable T answer(String what, Class<T> type) throws InterruptedException {
    String line = next(what, limit);
    if (line == null) {
      return null;
    }
    try {
      T answer = new Gson().fromJson(line, type);
      if (answer != null) {
        return answer;
      }
    } catch (RuntimeException e) {
      // It is no answer.
    }
    fault = new DeviceVerdict(DeviceVerdict.Outcome.CRASHED, "gave an answer that is none");
    return null;
  }

  /** The rest of the next line that begins with {@code what}; null if there is a fault instead. */
  private @Nullable String next(String what, Duration limit) throws InterruptedException {
    Deadline deadline = Deadline.after(limit);
    int steps = 0;
    while (fault == null) {
      Said said = lines.poll(deadline.leftNanos(), TimeUnit.NANOSECONDS);
      if (said == null) {
        fault = noAnswer("gave no answer");
      } else if (said.answer() == null) {
        fault = said.tooMuch() == null ? end() : tooMuch(said.tooMuch());
      } else if (said.answer().startsWith(what)) {
        return said.answer().substring(what.length());
      } else if (said.answer().startsWith(DeviceProbe.TAKERS)) {
        takers = takers(said.answer().substring(DeviceProbe.TAKERS.length()));
      } else if (said.answer().equals(DeviceProbe.STEP) && steps++ < MOST_STEPS) {
        deadline = Deadline.after(limit);
      }
    }
    return null;
  }

  private static List<String> takers(String json) {
    try {
      return List.of(new Gson().fromJson(json, String[].class));
    } catch (RuntimeException e) {
      return List.of();
    }
  }

  /** Which libraries took signal handlers in it until its last answer. */
  List<String> takers() {
    return takers;
  }

  private DeviceVerdict noAnswer(String what) {
    return new DeviceVerdict(
        DeviceVerdict.Outcome.TIMED_OUT,
        String.format(Locale.ROOT, "%s within %.1f s", what, limit.toMillis() / 1e3));
  }

  private DeviceVerdict tooMuch(String what) {
    printsTooMuch = true;
    return crash(what);
  }

  /** Whether the process printed too much. Any of its drivers may have done so, at any time. */
  boolean printsTooMuch() {
    return printsTooMuch;
  }

  private static DeviceVerdict crash(String what) {
    return new DeviceVerdict(DeviceVerdict.Outcome.CRASHED, what);
  }

  /** How the process ended without an answer. */
  private DeviceVerdict end() throws InterruptedException {
    Duration soon = limit.compareTo(CLOSING_LIMIT) < 0 ? limit : CLOSING_LIMIT;
    if (!process.waitFor(soon.toNanos(), TimeUnit.NANOSECONDS)) {
      return crash("closed its output");
    }
    int status = process.exitValue();
    return status > 128 ? signal(status - 128) : crash("ended the process");
  }

  /** For a process ended by a signal, Java reports 128 plus the number of the signal. */
  private static DeviceVerdict signal(int number) {
    return number == KILL
        ? new DeviceVerdict(DeviceVerdict.Outcome.KILLED, "was killed (signal 9)")
        : crash(String.format(Locale.ROOT, "crashed (signal %d)", number));
  }

  /**
   * Lets the process end by itself, as programs do. Drivers may prevent that.
   *
   * @return how a driver prevented it; null if none did
   */
  @Nullable DeviceVerdict ended() throws InterruptedException {
    if (fault == null) {
      List<ProcessHandle> descendants = process.descendants().toList();
      try {
        process.getOutputStream().close();
      } catch (IOException e) {
        // The process has ended already.
      }
      if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        fault = noAnswer("did not let the process end");
      } else if (process.exitValue() > 128) {
        DeviceVerdict how = signal(process.exitValue() - 128);
        fault = new DeviceVerdict(how.outcome(), how.text() + " at the end of the process");
      } else if (process.exitValue() != 0) {
        fault = crash("made the process fail at its end");
      }
      descendants.forEach(ProcessHandle::destroyForcibly);
      Said last = lines.poll(CLOSING_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
      if (fault == null && last != null && last.tooMuch() != null) {
        fault = tooMuch(last.tooMuch());
      }
    }
    return fault;
  }

  /** The reason for the missing answer: a crash or a missed time limit. */
  DeviceVerdict fault() {
    return fault == null ? crash("gave no answer") : fault;
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
    // hang where no signal reaches it. Java would read on what such a process still prints.
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    try {
      process.getInputStream().close();
    } catch (IOException e) {
      // It is closed already.
    }
    process.destroyForcibly();
  }
}
