/**
 * The OpenCL API: one small class for each kind of handle, which is released once, and queries of
 * drivers. This is the only package that knows the OpenCL binding. Every call goes through {@link
 * stops.opencl.api.Cl}.
 *
 * <p>What belongs to a whole process, its environment, properties and signal handlers, stays as it
 * is in somebody's program; {@link stops.opencl.api.OwnProcess} tells where Stops may change it.
 * Without {@code --enable-native-access} Java warns of the calls to the system's OpenCL library, or
 * refuses them, and then there is no OpenCL device.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.opencl.api;

import org.jspecify.annotations.NullMarked;
