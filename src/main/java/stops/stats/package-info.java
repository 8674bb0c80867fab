/**
 * Statistics of the samples of a file: their range, and how many have no exposure.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.stats;

import org.jspecify.annotations.NullMarked;
