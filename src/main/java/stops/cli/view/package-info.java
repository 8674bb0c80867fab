/**
 * The command {@code stops view}.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.cli.view;

import org.jspecify.annotations.NullMarked;
