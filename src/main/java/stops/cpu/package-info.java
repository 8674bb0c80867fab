/** The engines that run on the CPU, in Java. */
@NullMarked
package stops.cpu;

import org.jspecify.annotations.NullMarked;
