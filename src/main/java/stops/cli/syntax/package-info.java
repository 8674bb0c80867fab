/**
 * The words of a command line: the options that a command takes, their values, and the options that
 * most commands have.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.cli.syntax;

import org.jspecify.annotations.NullMarked;
