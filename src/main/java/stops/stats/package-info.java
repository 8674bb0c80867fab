/**
 * What the samples of a file are like: their range, and how many have no exposure.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.stats;

import org.jspecify.annotations.NullMarked;
