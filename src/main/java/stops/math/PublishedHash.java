package stops.math;

import stops.engine.Direction;

/**
 * The published SHA-256 of all results of a map from float32 to float32, the same on every engine.
 *
 * <p>The hash is over the results of the bit patterns 0 to 0xffffffff, in this order, each as 4
 * bytes in little-endian order: 16 GiB in all. The conversion has no gain and the zero policy
 * {@link stops.engine.ZeroPolicy#INF}.
 */
public final class PublishedHash {
  private static final String EXPOSURE =
      "2289612d2295f9b3b325c144a14cb845d391146c94d905e311bd24d910ed12fc";
  private static final String INTENSITY =
      "a28e77e4fb0c78bae93be59642f0a88e58167dbfc0158be33d29798973164657";

  private PublishedHash() {}

  /** The SHA-256 for {@code direction}: 64 lower-case hexadecimal digits. */
  public static String of(Direction direction) {
    return direction == Direction.TO_EXPOSURE ? EXPOSURE : INTENSITY;
  }
}
