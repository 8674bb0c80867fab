package stops.math;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import stops.engine.Direction;

/**
 * The bit patterns of float32 that exhaustive tests try, in ascending order as unsigned numbers:
 * all 2^32, or one out of every {@code 2^n} where the system property {@code stops.every} has that
 * number. Which one of them it is varies, so that all low bits occur.
 */
public final class FloatPatterns {
  /** Bit patterns in a block. */
  public static final int BLOCK = 1 << 20;

  private static final int EVERY = Integer.getInteger("stops.every", 1);
  private static final int SHIFT = Integer.numberOfTrailingZeros(EVERY);

  /** The hash of the exposures of one out of every 16. */
  private static final String EXPOSURE_16 =
      "2972e75c69c981566b74559fd44ca515c146019914a11985bdab5f6a041f226d";

  /** The hash of the intensities of one out of every 16. */
  private static final String INTENSITY_16 =
      "106b03aa9b65869a3f80538597679cbcfb5281a93051b0cf86c578ac8ee6d3d0";

  private FloatPatterns() {}

  /** The number of patterns; a multiple of {@link #BLOCK}. */
  public static long count() {
    return (1L << 32) >> SHIFT;
  }

  /** The pattern at {@code index}, an unsigned number below {@link #count}. */
  public static int at(int index) {
    int mixed = index * 0x9E3779B1 >>> 16;
    return (index << SHIFT) | (mixed & (EVERY - 1));
  }

  /** Fills {@code samples} with the patterns from {@code first} on. */
  public static void fill(MemorySegment samples, long first) {
    long count = samples.byteSize() / Float.BYTES;
    for (int i = 0; i < count; i++) {
      samples.set(JAVA_INT_UNALIGNED, (long) Float.BYTES * i, at((int) first + i));
    }
  }

  /**
   * The SHA-256 of the right results in float32 for all patterns, as {@link PublishedHash} defines
   * it.
   */
  public static String sha256(Direction direction) {
    return switch (EVERY) {
      case 1 -> PublishedHash.of(direction);
      case 16 -> direction == Direction.TO_EXPOSURE ? EXPOSURE_16 : INTENSITY_16;
      default -> throw new IllegalStateException("stops.every is 1 or 16, not " + EVERY);
    };
  }

  /**
   * The SHA-256 of the results of all blocks, in order.
   *
   * @param block returns the results of a block, given the index of its first pattern; called on
   *     several threads
   */
  static String sha256(IntFunction<byte[]> block)
      throws NoSuchAlgorithmException, ExecutionException, InterruptedException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    int processors = Runtime.getRuntime().availableProcessors();
    Queue<Future<byte[]>> running = new ArrayDeque<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(processors)) {
      for (long first = 0; first < count(); first += BLOCK) {
        int from = (int) first;
        running.add(threads.submit(() -> block.apply(from)));
        if (running.size() > 2 * processors) {
          digest.update(running.remove().get());
        }
      }
      while (!running.isEmpty()) {
        digest.update(running.remove().get());
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
