/**
 * The devices that a user asked for, and which of them are worth using. {@link
 * stops.device.DeviceChoice} is the way in.
 *
 * <p>Internal: may change with every version, but for the types that say that they are API.
 */
@NullMarked
package stops.device;

import org.jspecify.annotations.NullMarked;
