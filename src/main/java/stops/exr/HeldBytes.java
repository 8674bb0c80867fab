package stops.exr;

import java.util.function.LongFunction;
import stops.exr.codec.ExrException;

/**
 * A limit of what a reader holds from its opening on: headers and offset tables.
 *
 * @param most the most bytes
 * @param problem the message for a file that needs more, given what it needs in bytes
 */
record HeldBytes(long most, LongFunction<String> problem) {
  /** Limited by the file's size only. */
  static final HeldBytes ANY = new HeldBytes(Long.MAX_VALUE, bytes -> "is too large");

  void check(long needed) throws ExrException {
    if (needed > most) {
      throw new ExrException(problem.apply(needed));
    }
  }
}
