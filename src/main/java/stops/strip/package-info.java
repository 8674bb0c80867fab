/** Work on the strips of files: by several threads, in bounded memory. */
@NullMarked
package stops.strip;

import org.jspecify.annotations.NullMarked;
