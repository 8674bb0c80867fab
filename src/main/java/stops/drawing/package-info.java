/**
 * Surfaces to draw pictures on: SVG and PNG.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.drawing;

import org.jspecify.annotations.NullMarked;
