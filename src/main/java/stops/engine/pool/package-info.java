/**
 * The pool that shares work among engines. It alone cuts buffers into pieces, waits for devices,
 * checks their results, and abandons those that hang.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.engine.pool;

import org.jspecify.annotations.NullMarked;
