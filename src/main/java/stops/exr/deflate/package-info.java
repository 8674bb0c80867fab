/**
 * Packs zlib streams. For picture data it is faster than the JDK.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.exr.deflate;

import org.jspecify.annotations.NullMarked;
