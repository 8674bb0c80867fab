package stops.engine;

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

  /**
   * Converts every sample of {@code chunk} and returns what it met, with sample indices counted
   * from the start of the chunk.
   *
   * @throws EngineFailure if the engine could not do it; the target then holds anything, and the
   *     source is unchanged unless it is the same memory as the target. If it left a device alone
   *     that may still use either, {@link EngineFailure#released} tells when that is over
   */
  Tally convert(Conversion conversion, Chunk chunk) throws EngineFailure;

  /**
   * Like {@link #convert(Conversion, Chunk)}, and shows {@code check} each part before and after.
   * Engines that convert in parts override this, so that one part is looked at while others are
   * converted. Parts are shown in their order, all on the calling thread.
   */
  default Tally convert(Conversion conversion, Chunk chunk, PartCheck check) throws EngineFailure {
    PartCheck.Pending pending = check.begin(chunk);
    Tally tally = convert(conversion, chunk);
    pending.end(tally);
    return tally;
  }

  /** Releases what the engine holds. Closing twice is harmless. */
  @Override
  void close();
}
