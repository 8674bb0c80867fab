/**
 * {@code stops convert --batch}: lines that are jobs, and what is said of each job when it has
 * ended. What a job does is not known here.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.cli.batch;

import org.jspecify.annotations.NullMarked;
