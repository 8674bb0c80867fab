/** Radiance pictures. */
@NullMarked
package stops.format.radiance;

import org.jspecify.annotations.NullMarked;
