/**
 * The compressors of OpenEXR and the blocks that they work on. The package does not depend on
 * headers or files. Every block is treated as hostile: a bad one causes an {@link
 * stops.exr.codec.ExrException}.
 *
 * <p>Internal: may change with every version, but for the types that say that they are API.
 */
@NullMarked
package stops.exr.codec;

import org.jspecify.annotations.NullMarked;
