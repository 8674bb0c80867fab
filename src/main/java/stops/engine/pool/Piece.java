package stops.engine.pool;

/**
 * A run of samples of a job, with the engine that leased a lane for it.
 *
 * @param engine the engine that converts it
 * @param first index of its first sample, counted through all chunks of the job
 * @param samples number of samples, 1 or more
 */
record Piece(PoolEngine engine, long first, long samples) {}
