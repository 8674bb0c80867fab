package stops.sequence;

import org.jspecify.annotations.Nullable;
import stops.convert.FileReport;

/**
 * The outcome of a frame.
 *
 * @param frame the frame
 * @param status whether its output was written
 * @param report the report of its conversion; null if it was skipped or its conversion failed
 * @param failure the reason why its conversion failed; null if it did not fail
 */
public record FrameReport(
    Frame frame, Status status, @Nullable FileReport report, @Nullable Throwable failure) {

  /** The end of a frame. */
  public enum Status {
    /** Its output is written. */
    DONE,
    /** Its output was there already. */
    SKIPPED,
    /** Its output was not written. */
    FAILED
  }

  static FrameReport of(Frame frame, FileReport report) {
    return new FrameReport(frame, report.written() ? Status.DONE : Status.FAILED, report, null);
  }

  static FrameReport skipped(Frame frame) {
    return new FrameReport(frame, Status.SKIPPED, null, null);
  }

  static FrameReport failed(Frame frame, Throwable failure) {
    return new FrameReport(frame, Status.FAILED, null, failure);
  }
}
