package stops.opencl.api;

import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The result of an OpenCL call: its status, and a value if the call succeeded. The out parameters
 * of a failed call are undefined, so they are never read. Immutable.
 *
 * @param <T> type of the value
 */
public final class Answer<T> {
  /** The most platforms, or devices of one platform. A larger count is a driver's error. */
  public static final int MOST_OBJECTS = 4096;

  /** The most bytes of a text. Names and lists of extensions have some thousand bytes at most. */
  static final int MOST_TEXT_BYTES = 1 << 20;

  private final int status;
  private final @Nullable T value;

  private Answer(int status, @Nullable T value) {
    this.status = status;
    this.value = value;
  }

  /**
   * The answer of a call that returned {@code status}. {@code value} is read only if the status is
   * 0.
   */
  public static <T> Answer<T> of(int status, Supplier<? extends @Nullable T> value) {
    return new Answer<>(status, status == ClStatus.SUCCESS ? value.get() : null);
  }

  /** The status that the call returned; 0 if it succeeded. */
  public int status() {
    return status;
  }

  /**
   * The value; fails unless the call succeeded. {@code call} and {@code where} name the call and
   * its device in messages.
   */
  public T value(String call, String where) throws ClException {
    if (status != ClStatus.SUCCESS) {
      throw new ClException(call, status, where);
    }
    if (value == null) {
      throw ClException.absurd(call, "no object", where);
    }
    return value;
  }

  /**
   * A list that {@code call} returns in two steps: {@code count}, then the objects. Counts above
   * {@link #MOST_OBJECTS} are refused. The list may be shorter than the count.
   */
  public static <T> List<T> list(
      String call, String where, Answer<Integer> count, IntFunction<Answer<List<T>>> objects)
      throws ClException {
    long claimed = Integer.toUnsignedLong(count.value(call, where));
    if (claimed > MOST_OBJECTS) {
      throw ClException.absurd(call, "a count of " + claimed, where);
    }
    return claimed == 0 ? List.of() : objects.apply((int) claimed).value(call, where);
  }

  /**
   * Bytes that {@code call} returns in two steps: {@code sizeBytes}, then that many bytes. Sizes
   * above {@code mostBytes} are refused.
   */
  static byte[] bytes(
      String call,
      String where,
      Answer<Long> sizeBytes,
      int mostBytes,
      IntFunction<Answer<byte[]>> content)
      throws ClException {
    long claimed = sizeBytes.value(call, where);
    if (claimed < 0 || claimed > mostBytes) {
      throw ClException.absurd(
          call, "a size of " + Long.toUnsignedString(claimed) + " bytes", where);
    }
    return claimed == 0 ? new byte[0] : content.apply((int) claimed).value(call, where);
  }
}
