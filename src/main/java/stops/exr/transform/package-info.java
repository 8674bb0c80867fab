/**
 * The arithmetic of lossy and wavelet compressions: transforms of blocks of numbers.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.exr.transform;

import org.jspecify.annotations.NullMarked;
