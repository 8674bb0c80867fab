package stops.engine.pool;

import stops.engine.Engine;

/**
 * An engine that joins a pool.
 *
 * @param engine the engine. The pool closes it
 * @param reason why it was chosen, on one line
 */
public record PoolMember(Engine engine, String reason) {}
