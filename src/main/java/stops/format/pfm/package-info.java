/** Portable float maps. */
@NullMarked
package stops.format.pfm;

import org.jspecify.annotations.NullMarked;
