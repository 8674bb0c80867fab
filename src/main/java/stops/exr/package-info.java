/**
 * OpenEXR files: header, parts, channels, compressors, reader and writer. Stands alone: nothing
 * here depends on the rest of Stops.
 *
 * <p>Every public method treats the file as hostile: what a file claims is checked before memory is
 * taken, and the only exceptions that leave are {@link stops.exr.codec.ExrException}, {@link
 * java.io.IOException} for the disk, and those for a caller's own mistakes.
 *
 * <p>API: programs that use Stops may rely on what is public here.
 */
@NullMarked
package stops.exr;

import org.jspecify.annotations.NullMarked;
