/**
 * Work on the strips of files: by several threads, in bounded memory.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.strip;

import org.jspecify.annotations.NullMarked;
