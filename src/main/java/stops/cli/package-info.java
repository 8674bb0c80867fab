/** The command line: arguments in, results on standard output, the rest on standard error. */
@NullMarked
package stops.cli;

import org.jspecify.annotations.NullMarked;
