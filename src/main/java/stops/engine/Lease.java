package stops.engine;

/** A lane of an engine, taken for a piece of a job. */
record Lease(PoolEngine engine, Piece piece) {}
