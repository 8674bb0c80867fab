package stops.cli.batch;

/** Does the jobs of a batch. Thread-safe: jobs may be side by side. */
@FunctionalInterface
public interface JobWork {

  /**
   * Does a job. Whatever fails is its outcome.
   *
   * @param name the name of program and job, for what is said on standard error
   */
  JobOutcome run(Job job, String name);
}
