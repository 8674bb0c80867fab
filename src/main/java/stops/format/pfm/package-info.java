/**
 * Portable float maps.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.format.pfm;

import org.jspecify.annotations.NullMarked;
