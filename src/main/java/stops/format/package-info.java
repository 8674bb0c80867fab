/**
 * The file formats: OpenEXR, Radiance, TIFF, PFM, NPY and raw samples.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.format;

import org.jspecify.annotations.NullMarked;
