/**
 * What the formats share that have one picture, without names for its channels: reading and writing
 * strips of uncompressed samples, the order of channels, the notes in a comment.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.format.flat;

import org.jspecify.annotations.NullMarked;
