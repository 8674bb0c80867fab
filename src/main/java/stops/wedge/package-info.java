/**
 * Contact sheets of exposures and of false colour.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.wedge;

import org.jspecify.annotations.NullMarked;
