/** The file formats: OpenEXR, Radiance, TIFF, PFM, NPY and raw samples. */
@NullMarked
package stops.format;

import org.jspecify.annotations.NullMarked;
