/**
 * The compressors of OpenEXR and the blocks that they work on. Knows no header and no file. Every
 * block is taken for hostile: {@link stops.exr.codec.ExrException} is what leaves here.
 */
@NullMarked
package stops.exr.codec;

import org.jspecify.annotations.NullMarked;
