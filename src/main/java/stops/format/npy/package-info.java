/**
 * NumPy arrays.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.format.npy;

import org.jspecify.annotations.NullMarked;
