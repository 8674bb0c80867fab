/** Sequences of frames: their numbers, their files, and many of them converted side by side. */
@NullMarked
package stops.sequence;

import org.jspecify.annotations.NullMarked;
