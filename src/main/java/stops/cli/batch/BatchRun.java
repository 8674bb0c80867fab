package stops.cli.batch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import stops.cli.terminal.Console;
import stops.cli.terminal.ExitStatus;
import stops.cli.terminal.Numbers;
import stops.cli.terminal.UsageException;
import stops.image.ImageException;

/**
 * Does the jobs of a batch, one after the other or some side by side. Each has a line on standard
 * output when it has ended, which is seen at once, so that a program may send the next job then.
 */
public final class BatchRun {
  private final String program;
  private final BatchOptions options;
  private final JobWork work;
  private volatile boolean ending;
  private volatile @Nullable IOException unreadable;
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
    // The interrupt comes to this thread. Jobs that are stopped by it may end with any failure.
    ExecutorService threads =
        Executors.newFixedThreadPool(
            options.atOnce(), Thread.ofPlatform().daemon().name("stops-job-", 0).factory());
    try (JobLines lines = new JobLines(options::open)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < options.atOnce(); i++) {
        all.add(
            threads.submit(() -> {
              work(lines);
              return null;
            }));
      }
      for (Future<?> each : all) {
        var unused = each.get();
      }
    } catch (InterruptedException e) {
      ending = true;
      end(threads);
      Console.say(
          String.format(
              Locale.ROOT,
              "%s: ended from outside (by a signal) after %d job%s",
              program,
              ended,
              ended == 1 ? "" : "s"));
      return ExitStatus.INTERRUPTED;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      end(threads);
    }
    if (unreadable != null) {
      throw ImageException.unreadable(options.name(), unreadable);
    }
    return status;
  }

  private static void end(ExecutorService threads) {
    threads.shutdownNow();
    threads.close();
  }

  private void work(JobLines lines) throws InterruptedException {
    while (!ending) {
      Optional<JobLines.Line> line;
      try {
        line = lines.next();
      } catch (IOException e) {
        unreadable = e;
        return;
      }
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
    end(job, outcome, (System.nanoTime() - start) * 1e-9);
  }

  private synchronized void end(Job job, JobOutcome outcome, double seconds) {
    if (!ending || outcome.status() == ExitStatus.DONE) {
      ended++;
      status = Math.max(status, outcome.status());
      say(job, outcome, seconds);
    } else if (outcome.status() == ExitStatus.INTERRUPTED) {
      say(job, outcome, seconds);
    } else {
      say(job, new JobOutcome(ExitStatus.INTERRUPTED, "interrupted", outcome.report()), seconds);
    }
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
