package stops.math;

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

/** Visits the 2^32 bit patterns of float32, in blocks, on all processors. */
final class EveryFloat {
  /** Bit patterns in a block. */
  static final int BLOCK = 1 << 20;

  private EveryFloat() {}

  /**
   * The SHA-256 of the results of all blocks, in order.
   *
   * @param block returns the results of a block, given its first bit pattern; called on several
   *     threads
   */
  static String sha256(IntFunction<byte[]> block)
      throws NoSuchAlgorithmException, ExecutionException, InterruptedException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    int processors = Runtime.getRuntime().availableProcessors();
    Queue<Future<byte[]>> running = new ArrayDeque<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(processors)) {
      for (long first = 0; first < 1L << 32; first += BLOCK) {
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
