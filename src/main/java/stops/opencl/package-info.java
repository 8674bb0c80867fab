/**
 * An {@link stops.engine.Engine} on each OpenCL device: lanes, placement, kernel builds and the
 * self-test. Begin with {@link stops.opencl.OpenCl}. OpenCL itself is in {@link stops.opencl.api}.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.opencl;

import org.jspecify.annotations.NullMarked;
