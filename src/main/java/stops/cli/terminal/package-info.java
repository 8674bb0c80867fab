/**
 * The ends of the program: standard input, output and error, the terminal, progress, exit status,
 * and how numbers and paragraphs are written.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.cli.terminal;

import org.jspecify.annotations.NullMarked;
