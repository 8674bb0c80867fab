/**
 * The file formats: which there are, OpenEXR and raw samples; each of the others lies below.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.format;

import org.jspecify.annotations.NullMarked;
