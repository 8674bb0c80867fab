package stops.engine.pool;

/**
 * A part of a job, and the engine one of whose lanes is taken for it.
 *
 * @param engine what converts it
 * @param first its first sample, counted through all chunks of the job
 * @param samples how many samples it has, 1 or more
 */
record Piece(PoolEngine engine, long first, long samples) {}
