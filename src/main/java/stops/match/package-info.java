/**
 * By how many stops one picture is brighter than another: robust estimates with their spread.
 *
 * <p>Internal: may change with every version. Types whose comments say so are API.
 */
@NullMarked
package stops.match;

import org.jspecify.annotations.NullMarked;
