/**
 * Packs zlib streams, faster than the JDK does for what pictures hold.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.exr.deflate;

import org.jspecify.annotations.NullMarked;
