/**
 * The main entry of the library. {@link stops.Stops} converts buffers in memory and files, on the
 * devices that {@link stops.device.DeviceChoice} names.
 *
 * <p>The process that uses it stays as it was: its environment, system properties, standard
 * streams, locale and signal handlers. Java's option {@code --enable-native-access=ALL-UNNAMED}
 * lets Stops call the system's OpenCL library; where Java refuses that, the CPU does the work.
 *
 * <p>API: programs that use Stops may rely on what is public here.
 */
@NullMarked
package stops;

import org.jspecify.annotations.NullMarked;
