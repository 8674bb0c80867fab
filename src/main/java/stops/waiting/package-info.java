/** Waiting with an end, for all that calls what may never answer. */
@NullMarked
package stops.waiting;

import org.jspecify.annotations.NullMarked;
