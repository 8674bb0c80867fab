/**
 * Waiting with an end, for all that calls what may never answer.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.waiting;

import org.jspecify.annotations.NullMarked;
