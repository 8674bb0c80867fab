/**
 * Measures what devices do, each path against its own limit, and checks every result: a wrong
 * answer is never a number.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.bench;

import org.jspecify.annotations.NullMarked;
