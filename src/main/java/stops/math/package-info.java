/**
 * What a conversion means, in scalar Java: the definition that every engine reproduces bit for bit.
 * Only operations that IEEE 754 fixes are used, so that vector code and kernels can execute the
 * very same ones.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.math;

import org.jspecify.annotations.NullMarked;
