/**
 * Joins files and engines: reads a file strip by strip, has its light converted, writes the result.
 */
@NullMarked
package stops.convert;

import org.jspecify.annotations.NullMarked;
