/** Compares the results of engines with the definition, and certifies the outcome. */
@NullMarked
package stops.verify;

import org.jspecify.annotations.NullMarked;
