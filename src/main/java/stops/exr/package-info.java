/**
 * Reads and writes OpenEXR files. The package does not depend on the rest of Stops.
 *
 * <p>Every public method treats the file as hostile. Sizes in a file are checked before memory is
 * allocated. Methods throw {@link stops.exr.codec.ExrException} for a bad file, {@link
 * java.io.IOException} if the disk fails, and unchecked exceptions for a caller's mistake.
 *
 * <p>API: programs that use Stops may rely on what is public here.
 */
@NullMarked
package stops.exr;

import org.jspecify.annotations.NullMarked;
