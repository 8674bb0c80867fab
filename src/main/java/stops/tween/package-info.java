/**
 * Exposure over time: curves through keys, their files and pictures, and flicker.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.tween;

import org.jspecify.annotations.NullMarked;
