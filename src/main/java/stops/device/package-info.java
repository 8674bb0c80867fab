/**
 * The devices that a user asked for, and which of them are worth using. {@link
 * stops.device.DeviceChoice} is the way in.
 */
@NullMarked
package stops.device;

import org.jspecify.annotations.NullMarked;
