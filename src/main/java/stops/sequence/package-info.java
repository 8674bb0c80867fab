/** Sequences of frames: their numbers, their files, and their conversion, several at once. */
@NullMarked
package stops.sequence;

import org.jspecify.annotations.NullMarked;
