/**
 * OpenCL devices: what there is, and an {@link stops.engine.Engine} on each. The only package that
 * knows the OpenCL binding.
 *
 * <p>{@link stops.opencl.OpenCl} is the way in. Every OpenCL call goes through {@link
 * stops.opencl.Cl}; every OpenCL object is held by one {@link stops.opencl.Handle}, which releases
 * it once.
 */
@NullMarked
package stops.opencl;

import org.jspecify.annotations.NullMarked;
