package stops.engine;

/** Looks at what becomes of a chunk that an engine converts in parts. */
@FunctionalInterface
public interface PartCheck {

  /**
   * Hears that {@code part} is converted next, before anything of it is written.
   *
   * @return what looks at the results
   */
  Pending begin(Chunk part);

  /** The check of one part that has begun. */
  @FunctionalInterface
  interface Pending {

    /**
     * Looks at the results, which are all there, and at what was counted, while the engine goes on
     * with other parts.
     *
     * @throws EngineFailure if something is wrong
     */
    void end(Tally tally) throws EngineFailure;
  }
}
