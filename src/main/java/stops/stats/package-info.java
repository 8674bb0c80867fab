/** Statistics of the samples of a file: their range, and how many have no exposure. */
@NullMarked
package stops.stats;

import org.jspecify.annotations.NullMarked;
