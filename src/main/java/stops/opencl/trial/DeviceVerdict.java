package stops.opencl.trial;

import java.util.Objects;

/**
 * How the self-test of a device went.
 *
 * @param outcome how it ended
 * @param text the same on one line, for people
 */
public record DeviceVerdict(Outcome outcome, String text) {

  public DeviceVerdict {
    Objects.requireNonNull(outcome);
    Objects.requireNonNull(text);
  }

  /** How a self-test ends. */
  public enum Outcome {
    PASSED,
    /** The device gave a wrong result, or cannot be used. */
    FAILED,
    /** The driver brought the process down. */
    CRASHED,
    /** The driver gave no answer in time. */
    TIMED_OUT
  }

  /** Whether the device can be used. */
  public boolean passed() {
    return outcome == Outcome.PASSED;
  }

  /** Whether the process that tried it was lost. */
  boolean isFault() {
    return outcome == Outcome.CRASHED || outcome == Outcome.TIMED_OUT;
  }
}
