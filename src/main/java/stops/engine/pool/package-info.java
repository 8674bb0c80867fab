/**
 * The pool that shares work among engines: it alone cuts buffers into pieces, waits for devices,
 * checks what they did, and gives up those that hang. Internal: it may change in any version.
 */
@NullMarked
package stops.engine.pool;

import org.jspecify.annotations.NullMarked;
