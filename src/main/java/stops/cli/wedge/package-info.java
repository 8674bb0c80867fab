/**
 * {@code stops wedge}: what it is asked for, and what it says.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.cli.wedge;

import org.jspecify.annotations.NullMarked;
