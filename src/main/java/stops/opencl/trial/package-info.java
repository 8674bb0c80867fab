/**
 * Asks drivers and devices in another process, since they may crash or hang, and remembers what
 * came of it: {@link stops.opencl.trial.DeviceTrial} is the way in.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.opencl.trial;

import org.jspecify.annotations.NullMarked;
