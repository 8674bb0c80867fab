package stops.opencl.api;

import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an OpenCL call answered: a value if it succeeded, else nothing but its status. Drivers leave
 * anything in the out parameters of a call that failed, so these are not even read. Immutable.
 *
 * @param <T> what the call gives
 */
public final class Answer<T> {
  /** More platforms, or more devices of one platform, are no list but rubbish. */
  public static final int MOST_OBJECTS = 4096;

  /** Names and lists of extensions have some thousand bytes at most. */
  static final int MOST_TEXT_BYTES = 1 << 20;

  private final int status;
  private final @Nullable T value;

  private Answer(int status, @Nullable T value) {
    this.status = status;
    this.value = value;
  }

  /** The answer of a call that returned {@code status}; {@code value} is read only if that is 0. */
  public static <T> Answer<T> of(int status, Supplier<? extends @Nullable T> value) {
    return new Answer<>(status, status == ClStatus.SUCCESS ? value.get() : null);
  }

  /** What the call returned; 0 if it succeeded. */
  public int status() {
    return status;
  }

  /** The value of {@code call}, made for {@code where}; fails unless the call succeeded. */
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
   * A list that {@code call} gives in two steps: {@code count}, then the objects. Counts that
   * cannot be right are refused. The list may be shorter than the count.
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
   * Bytes that {@code call} gives in two steps: {@code sizeBytes}, then so many. Sizes above {@code
   * mostBytes} are refused.
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
