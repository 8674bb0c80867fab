/** The seam between files and conversion: what a file holds, read and written strip by strip. */
@NullMarked
package stops.image;

import org.jspecify.annotations.NullMarked;
