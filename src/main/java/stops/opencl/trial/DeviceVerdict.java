package stops.opencl.trial;

import java.util.Objects;

/**
 * The outcome of the self-test of a device.
 *
 * @param outcome kind of outcome
 * @param text the outcome on one line, for people
 */
public record DeviceVerdict(Outcome outcome, String text) {

  public DeviceVerdict {
    Objects.requireNonNull(outcome);
    Objects.requireNonNull(text);
  }

  /** The kinds of outcomes. */
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

  /** Whether the device crashed or hung the process that tried it. */
  boolean isFault() {
    return outcome == Outcome.CRASHED || outcome == Outcome.TIMED_OUT;
  }
}
