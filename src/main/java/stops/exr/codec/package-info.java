/**
 * The compressors of OpenEXR and the blocks that they work on. Knows no header and no file. Every
 * block is taken for hostile: {@link stops.exr.codec.ExrException} is what leaves here.
 *
 * <p>Internal: may change with every version, but for the types that say that they are API.
 */
@NullMarked
package stops.exr.codec;

import org.jspecify.annotations.NullMarked;
