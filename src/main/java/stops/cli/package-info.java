/**
 * The command line: arguments in, results on standard output, the rest on standard error.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.cli;

import org.jspecify.annotations.NullMarked;
