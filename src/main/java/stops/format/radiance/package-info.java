/**
 * Radiance pictures.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.format.radiance;

import org.jspecify.annotations.NullMarked;
