package stops.cli.batch;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import stops.cli.terminal.Console;
import stops.cli.terminal.ExitStatus;
import stops.cli.terminal.Numbers;
import stops.cli.terminal.UsageException;
import stops.image.ImageException;

/**
 * Does the jobs of a batch one after the other. Each has a line on standard output when it has
 * ended, which is seen at once, so that a program may send the next job then.
 */
public final class BatchRun {
  private final String program;
  private final BatchOptions options;
  private final JobWork work;
  private volatile boolean ending;
  private int status = ExitStatus.DONE;
  private long ended;

  /**
   * A batch.
   *
   * @param program the command's name for messages, such as {@code stops convert}
   */
  public BatchRun(String program, BatchOptions options, JobWork work) {
    this.program = program;
    this.options = options;
    this.work = work;
  }

  /**
   * Does all jobs, and returns the highest exit status of theirs.
   *
   * @throws ImageException if the jobs cannot be read; those before have been done
   */
  public int run() throws ImageException {
    // An interrupt is for this thread, which knows by it that the jobs' thread is to end: that one
    // may end a job with any failure then.
    ExecutorService thread =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("stops-batch").factory());
    try (JobLines lines = new JobLines(options::open)) {
      Future<?> jobs =
          thread.submit(() -> {
            all(lines);
            return null;
          });
      jobs.get();
      return status;
    } catch (InterruptedException e) {
      ending = true;
      end(thread);
      Console.say(
          String.format(
              Locale.ROOT,
              "%s: ended from outside (by a signal) after %d job%s",
              program,
              ended,
              ended == 1 ? "" : "s"));
      return ExitStatus.INTERRUPTED;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException unreadable) {
        throw ImageException.unreadable(options.name(), unreadable);
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      end(thread);
    }
  }

  private static void end(ExecutorService thread) {
    thread.shutdownNow();
    thread.close();
  }

  private void all(JobLines lines) throws IOException, InterruptedException {
    while (!ending) {
      Optional<JobLines.Line> line = lines.next();
      if (line.isEmpty()) {
        return;
      }
      one(line.get());
    }
  }

  private void one(JobLines.Line line) {
    long start = System.nanoTime();
    Job job = new Job(line.number(), null, List.of());
    JobOutcome outcome;
    try {
      if (line.text() == null) {
        throw new UsageException("the line is longer than " + JobLines.MOST_BYTES + " bytes");
      }
      Optional<Job> found = JobSyntax.job(line.number(), line.text());
      if (found.isEmpty()) {
        return;
      }
      job = found.get();
      outcome = work.run(job, program + ": line " + job.line());
    } catch (UsageException e) {
      outcome = new JobOutcome(ExitStatus.USAGE, String.valueOf(e.getMessage()), null);
    }
    boolean interrupted = ending && outcome.status() != ExitStatus.DONE;
    if (interrupted && outcome.status() != ExitStatus.INTERRUPTED) {
      outcome = new JobOutcome(ExitStatus.INTERRUPTED, "interrupted", outcome.report());
    }
    if (!interrupted) {
      ended++;
    }
    status = Math.max(status, outcome.status());
    say(job, outcome, (System.nanoTime() - start) * 1e-9);
  }

  private void say(Job job, JobOutcome outcome, double seconds) {
    boolean done = outcome.status() == ExitStatus.DONE;
    if (options.common().json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("line", job.line());
      if (job.id() != null) {
        json.put("id", job.id());
      }
      json.put("status", outcome.status());
      json.put("milliseconds", Math.round(seconds * 1000));
      if (!done) {
        json.put("error", outcome.text());
      }
      if (outcome.report() != null) {
        json.put("report", outcome.report());
      }
      Console.jsonLine(json);
    } else if (!done || !options.common().quiet()) {
      String id = job.id() == null ? "" : " \"" + job.id() + "\"";
      Console.result(
          done
              ? String.format(
                  Locale.ROOT,
                  "ok %d%s %s, %s",
                  job.line(),
                  id,
                  outcome.text(),
                  Numbers.seconds(seconds))
              : String.format(
                  Locale.ROOT,
                  "failed %d%s (status %d): %s",
                  job.line(),
                  id,
                  outcome.status(),
                  outcome.text()));
      Console.flush();
    }
  }
}
