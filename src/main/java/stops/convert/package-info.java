/**
 * Converts files with engines: reads a file strip by strip, converts its light, and writes the
 * result.
 *
 * <p>Internal: may change with every version, but for the types that say that they are API.
 */
@NullMarked
package stops.convert;

import org.jspecify.annotations.NullMarked;
