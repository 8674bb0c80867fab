/**
 * The engines that run on the CPU, in Java.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.cpu;

import org.jspecify.annotations.NullMarked;
