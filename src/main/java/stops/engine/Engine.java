package stops.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * Converts chunks of samples on the CPU or on one OpenCL device. Every engine gives the same bits
 * and the same tally for the same chunk.
 *
 * <p>Thread-safe: up to {@link EngineInfo#lanes} calls of {@link #convert} run at the same time.
 * Further calls wait.
 */
public interface Engine extends AutoCloseable {

  /** The description of this engine. It never changes. */
  EngineInfo info();

  /**
   * Whether this engine can execute {@code conversion}. A device's own functions convert float32
   * without gain only.
   */
  boolean supports(Conversion conversion);

  /**
   * The most samples that one call can convert of chunks in the same kind of memory as {@code
   * chunk}.
   */
  default long mostSamples(Conversion conversion, Chunk chunk) {
    return Long.MAX_VALUE;
  }

  /**
   * Converts every sample of {@code chunk} and returns the tally of anomalies. Sample indices count
   * from the start of the chunk. There is no time limit: callers that need one use a {@link
   * stops.engine.pool.EnginePool}.
   *
   * @param chunk of at most {@link #mostSamples} samples
   * @throws EngineFailure if the engine could not convert the chunk. The content of the target is
   *     then undefined. The source is unchanged unless it is the same memory as the target
   */
  Tally convert(Conversion conversion, Chunk chunk) throws EngineFailure;

  /**
   * Converts several chunks as {@link #convert(Conversion, Chunk)} does. On a device, the whole
   * list is waited for only once.
   *
   * @param chunks of at most {@link #mostSamples} samples together
   * @return the tally of each chunk, in the order of {@code chunks}
   */
  default List<Tally> convert(Conversion conversion, List<Chunk> chunks) throws EngineFailure {
    List<Tally> tallies = new ArrayList<>();
    for (Chunk chunk : chunks) {
      tallies.add(convert(conversion, chunk));
    }
    return tallies;
  }

  /** Releases the engine's resources. Closing twice is harmless. */
  @Override
  void close();
}
