/** The file formats: which there are, OpenEXR and raw samples; each of the others lies below. */
@NullMarked
package stops.format;

import org.jspecify.annotations.NullMarked;
