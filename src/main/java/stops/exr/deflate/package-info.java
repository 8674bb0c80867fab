/** Packs zlib streams, faster than the JDK does for what pictures hold. */
@NullMarked
package stops.exr.deflate;

import org.jspecify.annotations.NullMarked;
