/**
 * TIFF files.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.format.tiff;

import org.jspecify.annotations.NullMarked;
