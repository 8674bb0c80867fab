/**
 * The main entry of the library. {@link stops.Stops} converts buffers in memory and files, on the
 * devices that {@link stops.device.DeviceChoice} names.
 */
@NullMarked
package stops;

import org.jspecify.annotations.NullMarked;
