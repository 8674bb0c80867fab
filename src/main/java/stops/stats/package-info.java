/** What the samples of a file are like: their range, and how many have no exposure. */
@NullMarked
package stops.stats;

import org.jspecify.annotations.NullMarked;
