/** NumPy arrays. */
@NullMarked
package stops.format.npy;

import org.jspecify.annotations.NullMarked;
