/**
 * The certificate of an engine: what it computes, against the definition.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.verify;

import org.jspecify.annotations.NullMarked;
