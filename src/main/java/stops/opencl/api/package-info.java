/**
 * The OpenCL API: one small class for each kind of handle, which is released once, and queries of
 * drivers. This is the only package that knows the OpenCL binding. Every call goes through {@link
 * stops.opencl.api.Cl}.
 */
@NullMarked
package stops.opencl.api;

import org.jspecify.annotations.NullMarked;
