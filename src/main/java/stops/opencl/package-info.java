/**
 * An {@link stops.engine.Engine} on each OpenCL device: lanes, placement, kernel builds and the
 * self-test. {@link stops.opencl.OpenCl} is the way in; OpenCL itself is in {@link
 * stops.opencl.api}.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.opencl;

import org.jspecify.annotations.NullMarked;
