/**
 * What {@code stops tween} is asked for, and what it says.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.cli.tween;

import org.jspecify.annotations.NullMarked;
