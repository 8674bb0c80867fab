/**
 * Converts files with engines: reads a file strip by strip, converts its light, and writes the
 * result.
 */
@NullMarked
package stops.convert;

import org.jspecify.annotations.NullMarked;
