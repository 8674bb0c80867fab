/**
 * The front door: {@link stops.Stops} converts what a program has in memory, and files, on the
 * devices that {@link stops.device.DeviceChoice} names.
 */
@NullMarked
package stops;

import org.jspecify.annotations.NullMarked;
