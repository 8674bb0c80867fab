/** TIFF files. */
@NullMarked
package stops.format.tiff;

import org.jspecify.annotations.NullMarked;
