/**
 * Tries drivers and devices in another process, since they may crash or hang, and remembers the
 * results. Begin with {@link stops.opencl.trial.DeviceTrial}.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.opencl.trial;

import org.jspecify.annotations.NullMarked;
