/**
 * Sequences of frames: their numbers, their files, and their conversion, several at once.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.sequence;

import org.jspecify.annotations.NullMarked;
