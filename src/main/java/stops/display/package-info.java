/**
 * What pictures look like on a screen: the layers that a file has to show, their light at any size,
 * the display transform and false colour.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.display;

import org.jspecify.annotations.NullMarked;
