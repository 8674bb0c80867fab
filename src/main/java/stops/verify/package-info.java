/**
 * Compares the results of engines with the definition, and certifies the outcome.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.verify;

import org.jspecify.annotations.NullMarked;
