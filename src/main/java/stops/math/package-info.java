/**
 * The definition of a conversion in scalar Java, which every engine reproduces bit for bit. It uses
 * only operations that IEEE 754 fixes, so that vector code and kernels can execute the same ones.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.math;

import org.jspecify.annotations.NullMarked;
