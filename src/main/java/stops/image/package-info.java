/**
 * The seam between files and conversion: what a file holds, read and written strip by strip.
 *
 * <p>Internal: may change with every version, but for the types that say that they are API.
 */
@NullMarked
package stops.image;

import org.jspecify.annotations.NullMarked;
