package stops.verify;

import java.util.Map;
import stops.engine.Direction;
import stops.math.PublishedHash;

/**
 * The float32 inputs of a verification, and the SHA-256 of their right results.
 *
 * @param firstBits bit pattern of the first input; the others follow it
 * @param inputs number of inputs, a multiple of {@code chunkSamples}
 * @param chunkSamples number of inputs that are converted at once
 * @param sha256 over all results of a map, in little-endian order, in lower-case hex
 */
record InputRange(int firstBits, long inputs, int chunkSamples, Map<Direction, String> sha256) {
  /** All 2^32 float32 inputs. */
  static final InputRange ALL =
      new InputRange(
          0,
          1L << 32,
          1 << 24,
          Map.of(
              Direction.TO_EXPOSURE, PublishedHash.of(Direction.TO_EXPOSURE),
              Direction.TO_INTENSITY, PublishedHash.of(Direction.TO_INTENSITY)));

  int chunks() {
    return Math.toIntExact(inputs / chunkSamples);
  }

  long chunkBytes() {
    return (long) Float.BYTES * chunkSamples;
  }
}
