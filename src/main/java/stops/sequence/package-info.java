/**
 * Sequences of frames: their numbers, their files, and many of them converted side by side.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.sequence;

import org.jspecify.annotations.NullMarked;
