/**
 * Which devices a user asked for, and which of those that are there are worth using: {@link
 * stops.device.DeviceChoice} is the way in.
 */
@NullMarked
package stops.device;

import org.jspecify.annotations.NullMarked;
