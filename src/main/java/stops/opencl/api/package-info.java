/**
 * OpenCL itself: one small class a handle, which is released once, and one way to ask a driver. The
 * only room that knows the OpenCL binding; every call goes through {@link stops.opencl.api.Cl}.
 */
@NullMarked
package stops.opencl.api;

import org.jspecify.annotations.NullMarked;
