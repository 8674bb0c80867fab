package stops.opencl.trial;

import java.util.Objects;
import stops.opencl.api.DriverText;

/**
 * The outcome of the self-test of a device.
 *
 * @param outcome kind of outcome
 * @param text the outcome on one printable line, for people
 */
public record DeviceVerdict(Outcome outcome, String text) {

  public DeviceVerdict {
    Objects.requireNonNull(outcome);
    text = DriverText.shortened(DriverText.printable(text), 1000);
  }

  /** The kinds of outcomes. */
  public enum Outcome {
    PASSED,
    /** The device gave a wrong result, or cannot be used. */
    FAILED,
    /** The driver brought the process down. */
    CRASHED,
    /** The driver gave no answer in time. */
    TIMED_OUT,
    /** The system or a user killed the process. */
    KILLED
  }

  /** Whether the device can be used. */
  public boolean passed() {
    return outcome == Outcome.PASSED;
  }

  /** Whether the device crashed or hung the process that tried it. */
  boolean isFault() {
    return outcome != Outcome.PASSED && outcome != Outcome.FAILED;
  }

  /** Whether a busy machine may be the reason, so that a later trial may end otherwise. */
  boolean mayPass() {
    return outcome == Outcome.TIMED_OUT || outcome == Outcome.KILLED;
  }
}
