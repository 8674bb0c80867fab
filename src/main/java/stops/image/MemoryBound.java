package stops.image;

import java.nio.file.Path;
import java.util.Locale;

/**
 * The memory that work on files may take beside what Java takes for itself, and its division.
 *
 * @param bytes all of it, 1 or more
 */
public record MemoryBound(long bytes) {
  /** What a program takes that was not told a bound. */
  public static final MemoryBound DEFAULT = new MemoryBound(512L << 20);

  /** Java's memory for short-lived objects and compiled code, which grows with the work. */
  private static final long JAVA_BYTES = 32L << 20;

  private static final long LEAST_WAITING_BYTES = 1L << 20;
  private static final long MOST_WAITING_BYTES = 32L << 20;

  public MemoryBound {
    if (bytes < 1) {
      throw new IllegalArgumentException("a memory bound of " + bytes + " bytes");
    }
  }

  /** The share of all strips in work: their samples, and the buffers of decoders and encoders. */
  public long strips() {
    return Math.max(bytes / 5 * 2, bytes - bytes / 8 - JAVA_BYTES);
  }

  /** The share of what one file holds from its opening on: headers and tables. */
  public long description() {
    return bytes / 4;
  }

  /** The share of packed data that wait for data before them in one file. */
  public long waiting() {
    return Math.clamp(bytes / 16, LEAST_WAITING_BYTES, MOST_WAITING_BYTES);
  }

  /**
   * Checks that a strip fits.
   *
   * @param file the file that is read, for the message
   * @param stripBytes the memory that one strip takes
   */
  public void checkStrip(Path file, long stripBytes) throws ImageException {
    if (stripBytes > strips()) {
      long beside = Math.ceilDiv(Math.addExact(stripBytes, JAVA_BYTES), 7) * 8;
      throw ImageException.input(
          file,
          tooSmall(
              "rows that are stored together", Math.min(Math.ceilDiv(stripBytes, 2) * 5, beside)));
    }
  }

  /**
   * Checks that what a file holds from its opening on fits.
   *
   * @param what the name of that, such as "its header"
   */
  public void checkDescription(Path file, String what, long describedBytes) throws ImageException {
    if (describedBytes > description()) {
      throw ImageException.input(file, describedTooMuch(what, describedBytes));
    }
  }

  /** The problem of a file that holds more than {@link #description}, to follow its name. */
  public String describedTooMuch(String what, long describedBytes) {
    return tooSmall(what, 4 * describedBytes);
  }

  private String tooSmall(String what, long needed) {
    return String.format(
        Locale.ROOT,
        "needs %s of memory for %s, and the limit is %s; raise it (--memory %s)",
        text(needed),
        what,
        text(bytes),
        text(needed));
  }

  /** Bytes in whole mebibytes as {@code --memory} takes them, rounded up. */
  private static String text(long bytes) {
    return Math.ceilDiv(bytes, 1L << 20) + "M";
  }
}
