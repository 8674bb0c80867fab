/**
 * Which devices a user asked for, and which of those that are there are worth using: {@link
 * stops.device.DeviceChoice} is the way in.
 *
 * <p>Internal: may change with every version, but for the types that say that they are API.
 */
@NullMarked
package stops.device;

import org.jspecify.annotations.NullMarked;
