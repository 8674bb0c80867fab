/**
 * Joins files and engines: reads a file strip by strip, has its light converted, writes the result.
 *
 * <p>Internal: may change with every version, but for the types that say that they are API.
 */
@NullMarked
package stops.convert;

import org.jspecify.annotations.NullMarked;
