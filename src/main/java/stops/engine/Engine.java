package stops.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * Something that converts chunks of samples: the CPU, or one OpenCL device. Every engine gives the
 * same bits and the same tally for the same chunk.
 *
 * <p>Thread-safe: up to {@link EngineInfo#lanes} calls of {@link #convert} make progress at once;
 * further ones wait for their turn.
 */
public interface Engine extends AutoCloseable {

  /** What this engine is. Constant. */
  EngineInfo info();

  /** Whether this engine can execute {@code conversion}; a device without fp64 has no float64. */
  boolean supports(Conversion conversion);

  /** The most samples that one call takes of chunks in such memory as {@code chunk} is. */
  default long mostSamples(Conversion conversion, Chunk chunk) {
    return Long.MAX_VALUE;
  }

  /**
   * Converts every sample of {@code chunk} and returns what it met, with sample indices counted
   * from the start of the chunk. Does not return before that is done, however long a device takes:
   * a {@link stops.engine.pool.EnginePool} is for callers who want to give up.
   *
   * @param chunk of at most {@link #mostSamples} samples
   * @throws EngineFailure if the engine could not do it; the target then holds anything, and the
   *     source is unchanged unless it is the same memory as the target
   */
  Tally convert(Conversion conversion, Chunk chunk) throws EngineFailure;

  /**
   * Converts several chunks as {@link #convert(Conversion, Chunk)} does. Devices wait only once.
   *
   * @param chunks of at most {@link #mostSamples} samples together
   * @return what was met in each
   */
  default List<Tally> convert(Conversion conversion, List<Chunk> chunks) throws EngineFailure {
    List<Tally> tallies = new ArrayList<>();
    for (Chunk chunk : chunks) {
      tallies.add(convert(conversion, chunk));
    }
    return tallies;
  }

  /** Releases what the engine holds. Closing twice is harmless. */
  @Override
  void close();
}
